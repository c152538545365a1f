package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTextTest {
  private static final Texts TEXTS = Texts.english();
  private static final Optional<String> NORTHWIND = Optional.of("Northwind");

  static Stream<Problem> problems() {
    return Stream.of(
        new Problem.Unreachable("id.acme.example", false),
        new Problem.Unreachable("id.acme.example", true),
        new Problem.Untrusted("id.acme.example", Problem.Untrusted.Why.EXPIRED, Optional.empty()),
        new Problem.SignedOut(),
        new Problem.NotAllowed("internal_org_guest_mgt_invite_delete"),
        new Problem.Busy(Optional.empty()),
        new Problem.Busy(Optional.of(Duration.ofSeconds(30))),
        new Problem.ServerFault(500, "OUI-65002", "trace-1"),
        new Problem.Unreadable("a web page instead of a list"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyProblemSaysWhatHappenedAndWhatToDo(Problem problem) {
    ProblemText text = ProblemText.of(problem, NORTHWIND, TEXTS);
    assertThat(text.title()).isNotBlank().doesNotEndWith(".").doesNotContain("{");
    assertThat(text.sentence()).matches("(?s)[A-Zi'{].*[.?\"]").doesNotContain("{");
    assertThat(text.next()).matches("[A-Z].*[.?]").doesNotContain("{");
    assertThat(text.line()).startsWith(text.sentence()).endsWith(text.next());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalOfAWholeCallHasItsText(Reason reason) {
    ProblemText text =
        ProblemText.of(new Problem.Rejected(reason, "OUI-1", "no such thing"), NORTHWIND, TEXTS);
    assertThat(text.sentence()).matches("[A-Z].*\\.").doesNotContain("{");
    assertThat(text.next()).matches("[A-Z].*\\.").doesNotContain("{");
    assertThat(text.details()).isEqualTo("OUI-1 no such thing");
  }

  @Test
  void aMissingRightIsNamedInWordsWithItsOrganization() {
    ProblemText text =
        ProblemText.of(
            new Problem.NotAllowed("internal_org_guest_mgt_invite_delete"), NORTHWIND, TEXTS);
    assertThat(text.sentence())
        .isEqualTo("Your account may not do this in Northwind. Right needed: delete invitations.");
  }

  @Test
  void everyRightThatTheClientAsksForHasWords() {
    for (String scope :
        List.of(
            "internal_org_guest_mgt_invite_list",
            "internal_org_guest_mgt_invite_add",
            "internal_org_guest_mgt_invite_delete",
            "internal_org_group_mgt_view",
            "internal_org_role_mgt_view",
            "internal_org_user_mgt_list",
            "internal_organization_view")) {
      assertThat(ProblemText.of(new Problem.NotAllowed(scope), NORTHWIND, TEXTS).sentence())
          .doesNotContain("_");
    }
  }

  @Test
  void anUnknownRefusalShowsTheWordsOfTheServer() {
    ProblemText text =
        ProblemText.of(
            new Problem.Rejected(Reason.OTHER, "OUI-9", "The moon is full {0} 'x'"),
            NORTHWIND,
            TEXTS);
    assertThat(text.sentence()).contains("\"The moon is full {0} 'x'\"");
  }

  @Test
  void aLostAnswerIsNotCalledUnsent() {
    String sure =
        ProblemText.of(new Problem.Unreachable("h", false), Optional.empty(), TEXTS).sentence();
    String unsure =
        ProblemText.of(new Problem.Unreachable("h", true), Optional.empty(), TEXTS).sentence();
    assertThat(sure).contains("Nothing was sent");
    assertThat(unsure).contains("may have arrived").doesNotContain("Nothing was sent");
  }
}

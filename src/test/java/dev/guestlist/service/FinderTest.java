package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Right;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.Findings.Answer;
import dev.guestlist.service.Findings.Evidence;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FinderTest {
  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private String name;

  @BeforeEach
  void inviteSomebody() throws Exception {
    world = PracticeWorld.signedIn(folder);
    contoso = world.organization("Contoso");
    Target.Person person = world.people("Contoso", 1).getFirst();
    name = person.username().name();
    Run run = world.workplace().runs().invite(contoso, List.of(person), false, "");
    world.settled(run);
    until(() -> world.workplace().runs().rows(run.number()).getFirst().invitation().isPresent());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void saysJoinedWithTheMemberWhenSomebodyAcceptedElsewhere() {
    world.control().othersAccept(contoso.value(), 1, List.of(name));
    Entry entry = readAgain();
    assertThat(entry.status()).isEqualTo(InvitationStatus.NO_LONGER_LISTED);

    Findings findings = findOut(entry);
    assertThat(findings.answer()).isEqualTo(Answer.JOINED);
    assertThat(of(findings, Evidence.Membership.class).member())
        .hasValueSatisfying(member -> assertThat(member.managedBy()).isPresent());
    assertThat(of(findings, Evidence.Listed.class).there()).isFalse();
    assertThat(of(findings, Evidence.Code.class).known()).isFalse();
  }

  @Test
  void saysThatItCannotTellWhenSomebodyDeletedElsewhere() {
    world.control().othersDelete(contoso.value(), 1, List.of(name));

    Findings findings = findOut(readAgain());
    assertThat(findings.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(of(findings, Evidence.Membership.class).member()).isEmpty();
    assertThat(findings.lastListed()).isPresent();
  }

  @Test
  void namesTheRightThatLacksInsteadOfGuessing() throws Exception {
    world.control().othersAccept(contoso.value(), 1, List.of(name));
    world.control().takeRight("pat", contoso.value(), "internal_org_user_mgt_list");
    world.workplace().session().signOut();
    world.signIn("pat");
    world.workplace().organizations().switchTo(contoso);

    Findings findings = findOut(readAgain());
    assertThat(findings.answer()).isEqualTo(Answer.CANNOT_TELL);
    Evidence.NotLooked not = of(findings, Evidence.NotLooked.class);
    assertThat(not.what()).isEqualTo(Findings.What.MEMBERS);
    assertThat(not.right()).contains(Right.LIST_USERS);
  }

  @Test
  void looksAtWhatIsKeptWhenTheServerDoesNotAnswer() {
    world.control().othersAccept(contoso.value(), 1, List.of(name));
    world.workplace().members().refresh(contoso);
    Entry entry = entry();
    world.stopServer();

    Findings findings = findOut(entry);
    assertThat(findings.answer()).isEqualTo(Answer.JOINED);
    assertThat(of(findings, Evidence.KeptMembership.class).member()).isTrue();
    assertThat(findings.evidence()).filteredOn(Evidence.NotLooked.class::isInstance).hasSize(3);
  }

  @Test
  void takesTheServersWordForAnInvitationThatHasProbablyExpired() {
    world.clock().move(Duration.ofDays(4));
    Entry entry = entry();
    assertThat(entry.status()).isEqualTo(InvitationStatus.PROBABLY_EXPIRED);
    assertThat(findOut(entry).answer()).isEqualTo(Answer.STILL_PENDING);

    world.control().moveClock(Duration.ofDays(4));
    assertThat(findOut(entry).answer()).isEqualTo(Answer.EXPIRED);
  }

  @Test
  void knowsWhatThisComputerReplaced() {
    Entry before = entry();
    Run again =
        world
            .workplace()
            .runs()
            .inviteAgain(
                contoso,
                List.of(
                    new Runs.ToReplace(
                        before.invitation().orElseThrow(), PracticeWorld.person(name))),
                true,
                Duration.ZERO);
    RunRow row = world.settled(again).getFirst();

    Findings findings = findOut(before);
    assertThat(findings.answer()).isEqualTo(Answer.REPLACED);
    assertThat(of(findings, Evidence.OwnRun.class).row().id()).isEqualTo(row.id());
  }

  private Findings findOut(Entry entry) {
    return world.workplace().finder().findOut(contoso, entry);
  }

  private Entry readAgain() {
    world.workplace().invitations().refresh(contoso);
    return entry();
  }

  private Entry entry() {
    return world.workplace().invitations().list(contoso).entries().stream()
        .filter(one -> one.username().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static <E extends Evidence> E of(Findings findings, Class<E> kind) {
    return findings.evidence().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }
}

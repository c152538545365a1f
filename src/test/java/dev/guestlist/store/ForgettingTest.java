package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static dev.guestlist.store.Sample.invitation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Forgotten;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Member;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Taking a person's name out of everything.
@Execution(ExecutionMode.CONCURRENT)
class ForgettingTest {
  private static final String NAME = "Wilhelmina.Q";

  @TempDir Path folder;
  private LocalStore store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Forgotten forget(String name) {
    return store.forgetPerson(ACME, name, NOW);
  }

  private void read(ConnectionId connection, int day, String... names) throws ProblemException {
    store
        .invitations()
        .replaceAll(
            connection,
            NORTHWIND,
            each -> {
              for (String name : names) {
                each.accept(invitation("i-" + name, name));
              }
            },
            NOW.plus(Duration.ofDays(day)));
  }

  private static Member member(String name) {
    return new Member(
        "m-" + name.length(), name, "Full " + name, "", Optional.empty(), List.of(), List.of());
  }

  private Run refused(String name, String serverText) {
    Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, name));
    RunRow row = store.runs().rows(run.number()).getFirst();
    store.calls().sending(List.of(row.id()), Optional.of(Set.of()), NOW);
    store
        .calls()
        .settle(
            List.of(RowChange.because(row.id(), RowState.REFUSED, Reason.OTHER, serverText)), NOW);
    return run;
  }

  private Run invitedWithCode(String name) {
    Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, name));
    RunRow row = store.runs().rows(run.number()).getFirst();
    store.calls().sending(List.of(row.id()), Optional.of(Set.of()), NOW);
    store.calls().settle(List.of(RowChange.to(row.id(), RowState.INVITED).withCode(CODE)), NOW);
    return run;
  }

  @Test
  void noFileContainsTheNameAfterwards() throws Exception {
    read(ACME, 0, NAME, "ann");
    read(ACME, 1, "ann");
    read(ACME, 2, NAME.toUpperCase(Locale.ROOT), "ann", "ben");
    store.members().replace(ACME, NORTHWIND, List.of(member(NAME), member("mia")), NOW);
    invitedWithCode(NAME);
    refused(NAME, "User " + NAME + " was not found.");
    refused("ann", "ann is not " + NAME + ".");
    store.copyOncePerDay(NOW);
    assertThat(filesWithTheName()).isNotEmpty();

    Forgotten forgotten = forget(NAME.toLowerCase(Locale.ROOT));
    assertThat(forgotten).isEqualTo(new Forgotten.Done(2, 2));
    assertThat(filesWithTheName()).isEmpty();
    assertThat(folder.resolve("copies")).isDirectoryContaining("glob:**guestlist-2026-03-02.db");
  }

  private List<String> filesWithTheName() throws IOException {
    String name = NAME.toLowerCase(Locale.ROOT);
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> bytes(file).contains(name))
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static String bytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatWasDoneStaysAsDoneToSomebodyAndItsCodesGo() {
    Run run = invitedWithCode(NAME);
    List<Activity> before = store.activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 100);
    assertThat(before).extracting(Activity::person).contains(NAME);

    forget(NAME);
    List<Activity> after = store.activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 100);
    assertThat(after).hasSameSizeAs(before);
    assertThat(after).extracting(Activity::person).contains("(forgotten)").doesNotContain(NAME);
    assertThat(after).extracting(Activity::outcome).contains(Optional.of(RowState.INVITED));
    assertThat(store.activity().about(ACME, NORTHWIND, NAME)).isEmpty();
    RunRow row = store.runs().rows(run.number()).getFirst();
    assertThat(row.target().name()).isEqualTo("(forgotten)");
    assertThat(row.state()).isEqualTo(RowState.INVITED);
    assertThat(store.runs().code(row.id())).isEmpty();
  }

  @Test
  void othersAndOtherConnectionsStayAsTheyAre() throws Exception {
    read(ACME, 0, "ann", "ann.b", "joann");
    read(OTHER, 0, "ann");
    store.members().replace(ACME, NORTHWIND, List.of(member("ann"), member("ann.b")), NOW);
    Run other = refused("ann.b", "ann.b is not known.");

    assertThat(forget("ann")).isEqualTo(new Forgotten.Done(0, 0));
    assertThat(store.invitations().all(ACME, NORTHWIND))
        .extracting(one -> one.invitation().username())
        .containsExactly("ann.b", "joann");
    assertThat(store.invitations().counts(ACME).get(NORTHWIND))
        .containsEntry(Invitation.Status.PENDING, 2);
    assertThat(store.members().all(ACME, NORTHWIND))
        .extracting(Member::username)
        .containsExactly("ann.b");
    assertThat(store.invitations().all(OTHER, NORTHWIND)).hasSize(1);
    RunRow row = store.runs().rows(other.number()).getFirst();
    assertThat(row.target().name()).isEqualTo("ann.b");
    assertThat(row.serverText()).isEqualTo("ann.b is not known.");
    assertThat(store.activity().about(ACME, NORTHWIND, "ann.b")).hasSize(1);
  }

  @Test
  void formerDaysForgetToo() throws Exception {
    read(ACME, 0, NAME, "ann");
    read(ACME, 1, "ann", "ben");
    InvitationHistory.Kept day = store.history().kept(ACME, NORTHWIND).getFirst();
    forget(NAME);
    assertThat(store.history().asOf(ACME, NORTHWIND, day))
        .extracting(Invitation::username)
        .containsExactly("ann");
  }

  @Test
  void whatWaitsIsSettledFirst() throws Exception {
    read(ACME, 0, NAME);
    Run run = store.runs().post(Sample.invite(Run.Phase.ASKS, NOW, NAME, "ann"));
    assertThat(forget(NAME)).isEqualTo(new Forgotten.Waits(1));
    assertThat(store.invitations().all(ACME, NORTHWIND)).hasSize(1);
    store.decisions().stop(run.number(), NOW);
    assertThat(forget(NAME)).isInstanceOf(Forgotten.Done.class);
    assertThat(store.invitations().all(ACME, NORTHWIND)).isEmpty();
  }

  @Test
  void aDraftThatNamesThePersonIsSaid() {
    store.viewState().put("invite.draft." + ACME.value() + ".org", "[\"ann\",\"" + NAME + "\"]");
    assertThat(forget(NAME)).isEqualTo(new Forgotten.InDraft());
    assertThat(forget("annabel")).isInstanceOf(Forgotten.Done.class);
  }

  @Test
  void linesOfTheActivityCanForgetAndNothingElse() {
    refused(NAME, "No.");
    assertThatThrownBy(() -> change("UPDATE activity SET person = 'eve'"))
        .hasMessageContaining("What was done is not changed.");
    assertThatThrownBy(
            () -> change("UPDATE activity SET person = '(forgotten)', outcome = 'JOINED'"))
        .hasMessageContaining("What was done is not changed.");
    assertThatThrownBy(() -> change("UPDATE activity SET detail = 'Yes.'"))
        .hasMessageContaining("What was done is not changed.");
    assertThatThrownBy(() -> change("DELETE FROM activity"))
        .hasMessageContaining("What was done is not taken out.");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("guestlist.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA busy_timeout = 5000");
      statement.executeUpdate(sql);
    }
  }
}

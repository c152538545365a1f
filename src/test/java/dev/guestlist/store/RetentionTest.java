package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.invitation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What goes by itself, and what stays.
@Execution(ExecutionMode.CONCURRENT)
class RetentionTest {
  private static final OrganizationId PARTNERS = new OrganizationId("org-partners");
  private static final Activity.Filter EVERYTHING = Activity.Filter.EVERYTHING;

  @TempDir Path folder;
  private Instant clock = NOW;
  private LocalStore store;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder, KeyFile.in(folder), () -> clock);
    store.connections().put(Sample.connection(ACME.value()));
    store
        .organizations()
        .put(
            ACME,
            List.of(Sample.organization(NORTHWIND.value()), Sample.organization(CONTOSO.value())),
            NOW);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Instant day(int number) {
    return NOW.plus(Duration.ofDays(number));
  }

  private void read(OrganizationId organization, Instant at, Invitation... list)
      throws ProblemException {
    store.invitations().replaceAll(ACME, organization, each -> List.of(list).forEach(each), at);
  }

  private void readAll(OrganizationId organization, Instant at) throws ProblemException {
    read(organization, at, invitation("1", "ann"));
    store.members().replace(ACME, organization, List.of(member()), at);
    store.assignments().replace(ACME, organization, List.of(Sample.STAFF), List.of(), at);
  }

  private static Member member() {
    return new Member("m", "mia", "Mia", "", Optional.empty(), List.of(), List.of());
  }

  private long count(String file, String table) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return found.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Nested
  class FormerDays {
    @Test
    void goAfterThirtyDaysAlsoWhereTheListIsNotReadAgain() throws Exception {
      read(NORTHWIND, day(0), invitation("1", "ann"), invitation("2", "ben"));
      read(NORTHWIND, day(1), invitation("1", "ann"));
      read(NORTHWIND, day(2), invitation("1", "ann"), invitation("3", "cleo"));
      read(CONTOSO, day(0), invitation("1", "ann"));
      read(CONTOSO, day(1), invitation("2", "ben"));

      store.prune(day(30));
      assertThat(store.history().kept(ACME, NORTHWIND)).hasSize(2);
      assertThat(store.history().kept(ACME, CONTOSO)).hasSize(1);
      assertThat(store.invitations().all(ACME, NORTHWIND)).hasSize(3);

      store.prune(day(31));
      assertThat(store.history().kept(ACME, NORTHWIND))
          .extracting(InvitationHistory.Kept::readAt)
          .containsExactly(day(1));
      assertThat(store.history().kept(ACME, CONTOSO)).isEmpty();
      InvitationHistory.Kept left = store.history().kept(ACME, NORTHWIND).getFirst();
      assertThat(store.history().asOf(ACME, NORTHWIND, left))
          .extracting(Invitation::username)
          .containsExactly("ann");
      assertThat(store.invitations().all(ACME, NORTHWIND))
          .as("ben vanished more than 30 days ago")
          .extracting(one -> one.invitation().username())
          .containsExactlyInAnyOrder("ann", "cleo");
    }
  }

  @Nested
  class WhatWasReadOfAnOrganization {
    @Test
    void goesAfterNinetyDaysInWhichNobodyReadOrOpenedIt() throws Exception {
      readAll(NORTHWIND, day(0));
      readAll(CONTOSO, day(0));
      store.organizations().visited(ACME, CONTOSO, day(20));
      store.prune(day(90));
      assertThat(store.invitations().readAt(ACME, NORTHWIND)).isPresent();

      store.prune(day(91));
      assertThat(store.invitations().readAt(ACME, NORTHWIND)).isEmpty();
      assertThat(store.members().readAt(ACME, NORTHWIND)).isEmpty();
      assertThat(store.assignments().readAt(ACME, NORTHWIND)).isEmpty();
      assertThat(store.invitations().all(ACME, CONTOSO)).hasSize(1);
      assertThat(store.members().all(ACME, CONTOSO)).containsExactly(member());
      assertThat(count("cache.db", "invitation")).isEqualTo(1);
      assertThat(count("cache.db", "member")).isEqualTo(1);

      store.prune(day(111));
      assertThat(store.invitations().readAt(ACME, CONTOSO)).isEmpty();
      assertThat(count("cache.db", "invitation")).isZero();
      assertThat(count("cache.db", "invitation_load")).isZero();
      assertThat(count("cache.db", "invitation_before")).isZero();
      assertThat(count("cache.db", "assignment_list")).isZero();
    }

    @Test
    void staysWhileAnyOfItIsReadAgain() throws Exception {
      readAll(NORTHWIND, day(0));
      store.members().replace(ACME, NORTHWIND, List.of(member()), day(50));
      store.prune(day(100));
      assertThat(store.invitations().all(ACME, NORTHWIND)).hasSize(1);
    }

    @Test
    void goesOnceTheOrganizationIsGone() throws Exception {
      store
          .organizations()
          .replaceChildren(ACME, PARTNERS, List.of(Sample.organization("org-northwind")), day(0));
      readAll(NORTHWIND, day(0));
      readAll(CONTOSO, day(0));
      read(NORTHWIND, day(1), invitation("2", "ben"));
      store.prune(day(1));
      assertThat(store.invitations().readAt(ACME, NORTHWIND)).isPresent();

      store.organizations().replaceChildren(ACME, PARTNERS, List.of(), day(2));
      store.prune(day(2));
      assertThat(store.invitations().readAt(ACME, NORTHWIND)).isEmpty();
      assertThat(store.history().kept(ACME, NORTHWIND)).isEmpty();
      assertThat(store.members().readAt(ACME, NORTHWIND)).isEmpty();
      assertThat(count("cache.db", "invitation_before")).isZero();
      assertThat(store.invitations().all(ACME, CONTOSO)).hasSize(1);
    }

    @Test
    void staysWhereItsOrganizationWasNeverReadOrIsUsedLater() throws Exception {
      readAll(PARTNERS, day(0));
      store.prune(day(1));
      assertThat(store.invitations().readAt(ACME, PARTNERS)).isPresent();

      store.organizations().replaceChildren(ACME, NORTHWIND, List.of(), day(2));
      store.organizations().visited(ACME, PARTNERS, day(3));
      store.prune(day(4));
      assertThat(store.invitations().readAt(ACME, PARTNERS)).isPresent();
    }
  }

  @Nested
  class Runs {
    @Test
    void goAYearAfterTheyEndedWithTheirRowsAndCodesAndLeaveTheirLines() {
      Run run = invited(true, "ann");
      clock = day(10);
      Run later = invited(false, "ben");
      int lines = store.activity().count(EVERYTHING);

      store.prune(day(365));
      assertThat(store.runs().run(run.number())).isPresent();
      assertThat(store.runs().codesOf(run.number())).isEqualTo(1);
      store.prune(day(366));
      assertThat(store.runs().run(run.number())).isEmpty();
      assertThat(store.runs().rows(run.number())).isEmpty();
      assertThat(store.runs().run(later.number())).isPresent();
      assertThat(count("guestlist.db", "secret")).isZero();
      assertThat(count("guestlist.db", "call")).isEqualTo(1);
      assertThat(store.activity().count(EVERYTHING)).isEqualTo(lines);

      clock = day(366);
      assertThat(invited(false, "cleo").number()).as("no number twice").isGreaterThan(2);
    }

    @Test
    void withARowThatWaitsStayAndSoDoesACodeThatWaits() {
      Run waits = store.runs().post(Sample.invite(Run.Phase.ASKS, NOW, "ann", "ben"));
      settle(store.runs().rows(waits.number()).getFirst(), RowState.REFUSED);
      Run code = store.runs().post(Sample.accept(NOW, CODE));
      store.prune(day(2000));
      assertThat(store.runs().rows(waits.number())).hasSize(2);
      assertThat(store.runs().code(store.runs().rows(code.number()).getFirst().id()))
          .contains(CODE);
    }

    @Test
    void thatDeletedSomebodyAndDidNotInviteAgainStay() {
      Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "ann"));
      settle(store.runs().rows(run.number()).getFirst(), RowState.NOT_INVITED_AGAIN);
      store.prune(day(2000));
      assertThat(store.runs().run(run.number())).isPresent();
    }

    @Test
    void stayWhileACodeMayBeTheOnlyCopyOfOneThatWorks() throws Exception {
      Run run = invited(true, "ann");
      read(NORTHWIND, day(360), invitation("i-ann", "ann"));
      store.prune(day(400));
      assertThat(store.runs().codesOf(run.number())).isEqualTo(1);

      read(NORTHWIND, day(401), invitation("other", "ann"));
      store.prune(day(401));
      assertThat(store.runs().run(run.number())).isEmpty();
    }

    @Test
    void stayAsLongAsInvitationsOfTheConnectionLast() {
      dev.guestlist.model.Connection usual = Sample.connection(ACME.value());
      store
          .connections()
          .put(
              new dev.guestlist.model.Connection(
                  usual.id(),
                  usual.name(),
                  usual.kind(),
                  usual.server(),
                  usual.rootOrganization(),
                  usual.clientId(),
                  usual.signIn(),
                  usual.requestsAtOnce(),
                  Duration.ofDays(500)));
      Run run = invited(true, "ann");
      store.prune(day(450));
      assertThat(store.runs().codesOf(run.number())).isEqualTo(1);
      store.prune(day(501));
      assertThat(store.runs().run(run.number())).isEmpty();
    }

    private Run invited(boolean withCode, String name) {
      Run run = store.runs().post(Sample.invite(Run.Phase.ACTIVE, clock, name));
      RunRow row = store.runs().rows(run.number()).getFirst();
      store.calls().sending(List.of(row.id()), Optional.of(Set.of()), clock);
      RowChange change =
          RowChange.to(row.id(), RowState.INVITED)
              .withInvitation(new dev.guestlist.model.InvitationId("i-" + name));
      store.calls().settle(List.of(withCode ? change.withCode(CODE) : change), clock);
      return run;
    }

    private void settle(RunRow row, RowState state) {
      store.calls().settle(List.of(RowChange.to(row.id(), state)), clock);
    }
  }
}

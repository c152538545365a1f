package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Member;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.service.History.What;
import dev.guestlist.service.History.Why;
import dev.guestlist.testing.PracticeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Looking things over without a connection, after they were read from the practice server.
@Execution(ExecutionMode.CONCURRENT)
class ReviewTest {
  private static final Preparation.Depth EVERYTHING = Preparation.Depth.EVERYTHING;

  private static final Preparation.Progress QUIET = Preparation.Progress.UNWATCHED;

  @TempDir Path folder;
  private PracticeWorld world;
  private Workplace workplace;
  private OrganizationId contoso;
  private OrganizationId northwind;

  @BeforeEach
  void open() throws IOException, ProblemException {
    world = PracticeWorld.signedIn(folder);
    workplace = world.workplace();
    contoso = world.organization("Contoso");
    northwind = world.organization("Northwind");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void read(OrganizationId organization) {
    assertThat(workplace.invitations().refresh(organization)).isEmpty();
  }

  private Run invited(List<Target.Person> people) {
    Run run = workplace.runs().invite(contoso, people, true, "");
    assertThat(world.settled(run)).hasSize(people.size());
    return run;
  }

  @Nested
  class WhatChangedSince {
    @Test
    void namesWhoWasInvitedAndDeletedHereByWhichRun() throws Exception {
      List<Target.Person> people = world.people("Contoso", 3);
      invited(people.subList(0, 2));
      read(contoso);
      List<Invitations.Entry> before = workplace.invitations().list(contoso).entries();
      assertThat(workplace.history().days(contoso)).isEmpty();

      world.clock().move(Duration.ofDays(1));
      String name = people.get(0).username().name();
      Invitations.Entry leaving =
          before.stream().filter(entry -> entry.username().equals(name)).findFirst().orElseThrow();
      Run deletion =
          workplace
              .runs()
              .delete(
                  contoso,
                  List.of(new Runs.ToDelete(leaving.invitation().orElseThrow(), name)),
                  Duration.ZERO);
      world.settled(deletion);
      Run another = invited(people.subList(2, 3));
      read(contoso);

      History.Day day = workplace.history().days(contoso).getFirst();
      assertThat(day.size()).isEqualTo(before.size());
      History.Comparison comparison = workplace.history().since(contoso, day);
      assertThat(comparison.changes())
          .filteredOn(one -> one.what() == What.GONE)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.invitation().username()).isEqualTo(name);
            assertThat(one.why()).isEqualTo(Why.DELETED_HERE);
            assertThat(one.run()).contains(deletion.number());
          });
      assertThat(comparison.changes())
          .filteredOn(one -> one.what() == What.NEW)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.invitation().username()).isEqualTo(people.get(2).username().name());
            assertThat(one.why()).isEqualTo(Why.INVITED_HERE);
            assertThat(one.run()).contains(another.number());
          });
      long ended = comparison.changes().stream().filter(one -> one.what() == What.ENDED).count();
      assertThat(comparison.same()).isEqualTo((int) (before.size() - 1 - ended));
      assertThat(workplace.history().asOf(contoso, day))
          .extracting(invitation -> invitation.id())
          .containsExactlyInAnyOrderElementsOf(
              before.stream().map(entry -> entry.invitation().orElseThrow()).toList());
    }

    @Test
    void aRowThatVanishedElsewhereIsNotExplainedByGuessing() throws Exception {
      read(northwind);
      int size = workplace.history().days(northwind).size();
      assertThat(size).isZero();
      world.clock().move(Duration.ofDays(1));
      try (Workplace other =
          Workplace.openToLook(world.connection(), world.store(), new Changes(), world.clock())) {
        assertThat(other.history().days(northwind)).isEmpty();
      }
      Invitations.Entry somebody =
          workplace.invitations().list(northwind).entries().stream()
              .filter(entry -> entry.status() == InvitationStatus.PENDING)
              .filter(
                  entry -> entry.ends().filter(e -> e.isAfter(world.clock().instant())).isPresent())
              .findFirst()
              .orElseThrow();
      workplace.session().access(northwind).delete(somebody.invitation().orElseThrow());
      read(northwind);
      History.Day day = workplace.history().days(northwind).getFirst();
      assertThat(workplace.history().since(northwind, day).changes())
          .filteredOn(one -> one.what() == What.GONE)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.invitation().username()).isEqualTo(somebody.username());
            assertThat(one.why()).isEqualTo(Why.NOT_KNOWN);
            assertThat(one.at()).isPresent();
            assertThat(one.run()).isEmpty();
          });
    }
  }

  @Nested
  class TheActivity {
    private List<String> kinds() {
      return workplace.activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 100).stream()
          .map(line -> line.activity().kind() + " " + line.activity().account())
          .toList();
    }

    @Test
    void tellsOfSigningInAndOutAndReading() {
      assertThat(workplace.organizations().readIndex()).isEmpty();
      read(contoso);
      workplace.session().signOut();
      PracticeWorld.until(() -> kinds().contains("SIGNED_OUT pat"));
      assertThat(kinds()).containsExactly("SIGNED_OUT pat", "LIST_READ pat", "SIGNED_IN pat");
      ActivityLog.Line read =
          workplace
              .activity()
              .find(
                  new Activity.Filter(
                      "",
                      Optional.of(world.connection().id()),
                      Optional.of(contoso),
                      Set.of(Activity.Kind.LIST_READ),
                      Optional.empty(),
                      Optional.empty()),
                  Long.MAX_VALUE,
                  10)
              .getFirst();
      assertThat(read.organization()).isEqualTo("Contoso");
      assertThat(read.connection()).isEqualTo("Practice");
      assertThat(read.activity().detail())
          .isEqualTo(workplace.invitations().list(contoso).entries().size() + " INVITATIONS");
    }

    @Test
    void anExportIsWrittenDownToo() throws Exception {
      invited(world.people("Contoso", 2));
      Path file = folder.resolve("what.csv");
      int lines =
          workplace.activity().export(Activity.Filter.EVERYTHING, ActivityLog.Format.CSV, file);
      assertThat(Files.readAllLines(file)).hasSize(lines + 1);
      ActivityLog.Line last =
          workplace.activity().find(Activity.Filter.EVERYTHING, Long.MAX_VALUE, 1).getFirst();
      assertThat(last.activity().kind()).isEqualTo(Activity.Kind.EXPORTED);
      assertThat(last.activity().detail()).isEqualTo(lines + " what.csv");
    }
  }

  @Nested
  class TheBoard {
    @Test
    void showsTheSameNumbersAsTheTableOfEachOrganization() throws Exception {
      assertThat(workplace.organizations().readIndex()).isEmpty();
      read(northwind);
      invited(world.people("Contoso", 2));
      read(contoso);
      world.clock().move(Duration.ofHours(20));
      for (OrganizationId id : List.of(northwind, contoso)) {
        Board.Counts counts = row(id).counts().orElseThrow();
        List<InvitationStatus> table =
            workplace.invitations().list(id).entries().stream().map(e -> e.status()).toList();
        assertThat(counts.attention())
            .isEqualTo((int) table.stream().filter(s -> s.needsAttention()).count());
        assertThat(counts.soon()).isEqualTo(count(table, InvitationStatus.EXPIRES_SOON));
        assertThat(counts.pending())
            .isEqualTo(count(table, InvitationStatus.PENDING, InvitationStatus.EXPIRES_SOON));
        assertThat(counts.expired())
            .isEqualTo(count(table, InvitationStatus.EXPIRED, InvitationStatus.PROBABLY_EXPIRED));
      }
      assertThat(row(world.organization("Fabrikam")).counts()).isEmpty();
    }

    private Board.Row row(OrganizationId id) {
      return workplace.board().rows().stream()
          .filter(row -> row.organization().id().equals(id))
          .findFirst()
          .orElseThrow();
    }

    private static int count(List<InvitationStatus> table, InvitationStatus... statuses) {
      return (int) table.stream().filter(Set.of(statuses)::contains).count();
    }
  }

  @Nested
  class Preparing {
    @Test
    void readsOneAfterTheOtherAndSaysWhichCannotBeEntered() {
      OrganizationId closed = world.organization("Northgate");
      List<OrganizationId> begun = new ArrayList<>();
      List<Preparation.Done> done =
          workplace
              .preparation()
              .run(
                  List.of(northwind, closed, contoso),
                  EVERYTHING,
                  new Preparation.Progress() {
                    @Override
                    public void begun(OrganizationId organization) {
                      begun.add(organization);
                    }

                    @Override
                    public void done(Preparation.Done one) {
                      assertThat(one.organization()).isEqualTo(begun.getLast());
                    }
                  },
                  new Preparation.Hold());
      assertThat(begun).containsExactly(northwind, closed, contoso);
      assertThat(done.get(0).outcome()).isEqualTo(new Preparation.Outcome.Ready(true, true));
      assertThat(done.get(1).outcome()).isInstanceOf(Preparation.Outcome.NoAccess.class);
      assertThat(done.get(2).outcome()).isEqualTo(new Preparation.Outcome.Ready(true, true));

      world.stopServer();
      assertThat(workplace.invitations().list(northwind).entries()).isNotEmpty();
      assertThat(workplace.members().list(northwind).members()).isNotEmpty();
      assertThat(workplace.assignments().of(northwind).readAt()).isPresent();
    }

    @Test
    void stopsWhenItIsCancelledAndWhenTheServerIsGone() {
      Preparation.Hold stopped = new Preparation.Hold();
      stopped.pause();
      stopped.stop();
      assertThat(
              workplace.preparation().run(List.of(northwind, contoso), EVERYTHING, QUIET, stopped))
          .isEmpty();
      world.stopServer();
      List<Preparation.Done> done =
          workplace
              .preparation()
              .run(List.of(northwind, contoso), EVERYTHING, QUIET, new Preparation.Hold());
      assertThat(done).hasSize(1);
      assertThat(done.getFirst().outcome()).isInstanceOf(Preparation.Outcome.Failed.class);
    }
  }

  @Nested
  class OnlyTheLists {
    @Test
    void arePausedAndGoOn() throws Exception {
      Preparation.Hold hold = new Preparation.Hold();
      CountDownLatch oneDone = new CountDownLatch(1);
      CountDownLatch secondBegun = new CountDownLatch(1);
      Preparation.Progress progress =
          new Preparation.Progress() {
            @Override
            public void begun(OrganizationId organization) {
              if (organization.equals(contoso)) {
                secondBegun.countDown();
              }
            }

            @Override
            public void done(Preparation.Done one) {
              hold.pause();
              oneDone.countDown();
            }
          };
      List<Preparation.Done> done = new ArrayList<>();
      Thread reading =
          Thread.ofVirtual()
              .start(() ->
                  done.addAll(
                      workplace
                          .preparation()
                          .run(
                              List.of(northwind, contoso),
                              Preparation.Depth.INVITATIONS,
                              progress,
                              hold)));
      assertThat(oneDone.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(secondBegun.await(200, TimeUnit.MILLISECONDS)).isFalse();
      hold.goOn();
      assertThat(secondBegun.await(20, TimeUnit.SECONDS)).isTrue();
      hold.goOn();
      reading.join(20_000);
      hold.stop();
      assertThat(workplace.invitations().readAt(northwind)).isPresent();
      assertThat(workplace.members().list(northwind).readAt()).isEmpty();
    }
  }

  @Nested
  class FindingPeople {
    @Test
    void looksIntoEveryOrganizationThatWasRead() {
      workplace
          .preparation()
          .run(List.of(northwind, contoso), EVERYTHING, QUIET, new Preparation.Hold());
      String member = workplace.members().list(northwind).members().getFirst().username();
      assertThat(workplace.people().find(member.toUpperCase(java.util.Locale.ROOT), 20).people())
          .anySatisfy(person -> {
            assertThat(person.username()).isEqualTo(member);
            assertThat(person.places()).contains(new People.Place(northwind, Optional.empty()));
          });
      Invitations.Entry invited = workplace.invitations().list(contoso).entries().getFirst();
      assertThat(workplace.people().find(invited.username(), 20).people().getFirst().places())
          .anyMatch(place ->
              place.organization().equals(contoso)
                  && place.status().equals(Optional.of(invited.status())));
      assertThat(workplace.people().find("nobody-of-that-name", 20).people()).isEmpty();
    }

    @Test
    void foldsLettersOfEveryScript() {
      Member member =
          new Member(
              "m-1",
              "ÖZGE.Å",
              "Özge ÅKESSON",
              "ÖZGE@example.com",
              Optional.empty(),
              List.of(),
              List.of());
      world
          .store()
          .members()
          .replace(world.connection().id(), contoso, List.of(member), world.clock().instant());
      workplace.session().signOut();
      workplace.runs().invite(contoso, List.of(PracticeWorld.person("ЖАННА")), true, "");
      assertThat(workplace.people().find("özge åkesson", 20).people())
          .extracting(People.Person::username)
          .containsExactly("ÖZGE.Å");
      assertThat(workplace.people().find("özge@EXAMPLE", 20).people()).hasSize(1);
      assertThat(workplace.people().find("жанна", 20).people()).hasSize(1);
    }

    @Test
    void thoseWhoseNameBeginsWithItComeFirstHoweverManyOthersThereAre() {
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        members.add(named("m" + i, "a-lina" + i));
      }
      members.add(named("last", "lina.z"));
      world
          .store()
          .members()
          .replace(world.connection().id(), contoso, members, world.clock().instant());
      workplace.session().signOut();
      workplace.runs().invite(contoso, List.of(PracticeWorld.person("LINA.z")), true, "");

      People.Found found = workplace.people().find("lina", 50);
      assertThat(found.people()).hasSize(50);
      assertThat(found.people().getFirst().username()).isEqualToIgnoringCase("lina.z");
      assertThat(found.people().getFirst().places()).hasSize(2);
      assertThat(found.all()).isEqualTo(101);
      assertThat(workplace.people().find("a-lina1", 50).all()).isEqualTo(11);
    }

    private static Member named(String id, String username) {
      return new Member(id, username, "", "", Optional.empty(), List.of(), List.of());
    }

    @Test
    void findsThoseWhoWaitToBeInvited() {
      workplace.session().signOut();
      workplace.runs().invite(contoso, List.of(PracticeWorld.person("wanda")), true, "");
      assertThat(workplace.people().find("wanda", 20).people())
          .extracting(People.Person::places)
          .containsExactly(
              List.of(new People.Place(contoso, Optional.of(InvitationStatus.WAITING))));
    }
  }
}

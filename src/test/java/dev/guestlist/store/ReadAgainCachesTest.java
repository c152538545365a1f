package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CONTOSO;
import static dev.guestlist.store.Sample.NORTHWIND;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Group;
import dev.guestlist.model.Member;
import dev.guestlist.model.Role;
import dev.guestlist.model.Role.Audience;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [AssignmentCache] and [MemberCache].
class ReadAgainCachesTest {
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

  @Nested
  class Assignments {
    @Test
    void areInOrderAndReplacedAsAWhole() {
      Group zoo = new Group("g-1", "AAA/zoo");
      Group ant = new Group("g-2", "Ant");
      Role plain = new Role("r-0", "zz", Optional.empty());
      Role everyone = role("r-1", "everyone", "Northwind", Audience.Kind.ORGANIZATION);
      Role editor = role("r-2", "Editor", "notes", Audience.Kind.APPLICATION);
      Role author = role("r-3", "author", "Notes", Audience.Kind.APPLICATION);
      Role console = role("r-4", "admin", "Console", Audience.Kind.APPLICATION);
      AssignmentCache cache = store.assignments();
      cache.replace(
          ACME,
          NORTHWIND,
          List.of(zoo, ant),
          List.of(editor, console, author, everyone, plain),
          NOW);

      assertThat(cache.groups(ACME, NORTHWIND)).containsExactly(ant, zoo);
      assertThat(cache.roles(ACME, NORTHWIND))
          .containsExactly(plain, everyone, console, author, editor);
      assertThat(cache.readAt(ACME, NORTHWIND)).contains(NOW);
      assertThat(cache.readAt(ACME, CONTOSO)).isEmpty();
      assertThat(cache.groups(OTHER, NORTHWIND)).isEmpty();

      cache.replace(ACME, NORTHWIND, List.of(), List.of(plain), NOW.plusSeconds(1));
      assertThat(cache.groups(ACME, NORTHWIND)).isEmpty();
      assertThat(cache.roles(ACME, NORTHWIND)).containsExactly(plain);
      store.forgetCached(ACME);
      assertThat(cache.readAt(ACME, NORTHWIND)).isEmpty();
    }

    private Role role(String id, String name, String audience, Audience.Kind kind) {
      return new Role(id, name, Optional.of(new Audience("a-" + id, audience, kind)));
    }
  }

  @Nested
  class Members {
    @Test
    void areInOrderOfUsernameAndReplacedAsAWhole() {
      Member bob =
          new Member(
              "m-1",
              "bob",
              "Bob \"B\" Brown",
              "bob@example.com",
              Optional.of(CONTOSO),
              List.of("staff", "night, shift"),
              List.of("editor"));
      Member ann = new Member("m-2", "Ann", "", "", Optional.empty(), List.of(), List.of());
      MemberCache cache = store.members();
      assertThat(cache.readAt(ACME, NORTHWIND)).isEmpty();
      cache.replace(ACME, NORTHWIND, List.of(bob, ann), NOW);
      cache.replace(OTHER, NORTHWIND, List.of(bob), NOW);

      assertThat(cache.all(ACME, NORTHWIND)).containsExactly(ann, bob);
      assertThat(cache.readAt(ACME, NORTHWIND)).contains(NOW);

      cache.replace(ACME, NORTHWIND, List.of(ann), NOW.plusSeconds(1));
      assertThat(cache.all(ACME, NORTHWIND)).containsExactly(ann);
      store.forgetCached(ACME);
      assertThat(cache.all(ACME, NORTHWIND)).isEmpty();
      assertThat(cache.all(OTHER, NORTHWIND)).containsExactly(bob);
    }
  }
}

package dev.guestlist.ui.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.store.InvitationCache;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AcrossViewModelTest {
  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private final List<OrganizationId> opened = new ArrayList<>();
  private final List<Screen> screens = new ArrayList<>();
  private PracticeWorld world;
  private Optional<AcrossViewModel> open = Optional.empty();

  @BeforeEach
  void readTwo() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    for (String name : List.of("Contoso", "Northwind")) {
      assertThat(world.workplace().invitations().refresh(world.organization(name))).isEmpty();
      assertThat(world.workplace().members().refresh(world.organization(name))).isEmpty();
    }
  }

  @AfterEach
  void close() {
    open.ifPresent(AcrossViewModel::close);
    world.close();
  }

  private AcrossViewModel open(Board.Which which, Optional<OrganizationId> only) {
    AcrossViewModel model =
        new AcrossViewModel(
            window.over(world),
            window,
            (organization, screen) -> {
              opened.add(organization);
              screens.add(screen);
            },
            which,
            only);
    open = Optional.of(model);
    window.until(() -> !model.countProperty().get().isEmpty());
    return model;
  }

  @Test
  void hasAsManyPeopleAsTheBoardCounts() {
    for (Board.Which which : Board.Which.values()) {
      int counted =
          world.workplace().board().rows().stream()
              .flatMap(row -> row.counts().stream())
              .mapToInt(which::of)
              .sum();
      AcrossViewModel model = open(which, Optional.empty());
      assertThat(model.rows()).as(which.name()).hasSize(counted);
      assertThat(model.rows()).allMatch(row -> which.takes(row.status()));
      model.close();
    }
  }

  @Test
  void isNarrowedDownToAnOrganizationOrAPerson() {
    AcrossViewModel model = open(Board.Which.PENDING, Optional.of(world.organization("Contoso")));
    assertThat(model.rows()).isNotEmpty().allMatch(row -> row.organization().equals("Contoso"));
    assertThat(model.onlyNameProperty().get()).isEqualTo("Contoso");
    assertThat(model.countProperty().get()).endsWith(" in 1 organization");
    model.filterProperty().set("nobody.like.this");
    assertThat(model.rows()).isEmpty();
    assertThat(model.emptyProperty().get()).endsWith("none matches.");
    model.filterProperty().set("");
    model.showAll();
    assertThat(model.onlyNameProperty().get()).isEmpty();
    assertThat(model.countProperty().get()).endsWith(" in 2 organizations");
  }

  @Test
  void anOrganizationDoesNotBringTheOneWhoseNameContainsItsOwn() {
    OrganizationId emea = new OrganizationId("contoso-emea");
    ConnectionId connection = world.connection().id();
    world
        .store()
        .organizations()
        .put(
            connection,
            List.of(
                new Organization(
                    emea,
                    "Contoso EMEA",
                    Optional.empty(),
                    Optional.of(world.organization("Partners")),
                    true,
                    Optional.of(false),
                    Organization.Access.ENTERABLE)),
            world.clock().instant());
    OrganizationId contoso = world.organization("Contoso");
    copyList(contoso, emea);

    AcrossViewModel model = open(Board.Which.PENDING, Optional.of(contoso));
    int all = model.rows().size();
    assertThat(model.rows())
        .isNotEmpty()
        .allMatch(row -> row.of().organization().id().equals(contoso));
    model.filterProperty().set("emea");
    assertThat(model.rows()).isEmpty();
    model.close();

    model = open(Board.Which.PENDING, Optional.of(emea));
    assertThat(model.rows())
        .hasSize(all)
        .allMatch(row -> row.of().organization().id().equals(emea));
  }

  private void copyList(OrganizationId from, OrganizationId to) {
    ConnectionId connection = world.connection().id();
    List<InvitationCache.Cached> list = world.store().invitations().all(connection, from);
    try {
      world
          .store()
          .invitations()
          .replaceAll(
              connection,
              to,
              each -> list.forEach(one -> each.accept(one.invitation())),
              world.clock().instant());
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysHowOldTheOldestListIsAndThatTheServerIsAway() {
    world.clock().move(Duration.ofHours(3));
    assertThat(world.workplace().invitations().refresh(world.organization("Contoso"))).isEmpty();
    world.clock().move(Duration.ofHours(2));
    AcrossViewModel model = open(Board.Which.PENDING, Optional.empty());
    assertThat(model.ageProperty().get()).isEqualTo("Oldest list: 5 h ago");
    assertThat(model.bandProperty().get()).isEmpty();
    model.close();

    world.stopServer();
    assertThat(world.workplace().invitations().refresh(world.organization("Contoso"))).isPresent();
    model = open(Board.Which.PENDING, Optional.of(world.organization("Contoso")));
    assertThat(model.ageProperty().get()).isEqualTo("Oldest list: 2 h ago");
    assertThat(model.bandProperty().get())
        .matches("Offline since .*\\. These people are from the lists on this computer\\.");
    world.clock().move(Duration.ofHours(1));
    AcrossViewModel same = model;
    model.tick();
    window.until(() -> same.ageProperty().get().equals("Oldest list: 3 h ago"));
  }

  @Test
  void anotherNumberBringsOtherPeople() {
    AcrossViewModel model = open(Board.Which.PENDING, Optional.empty());
    model.whichProperty().set(Board.Which.EXPIRED);
    window.until(
        () -> model.rows().stream().allMatch(row -> Board.Which.EXPIRED.takes(row.status())));
    assertThat(model.rows()).isNotEmpty();
  }

  @Test
  void opensTheOrganizationWithThePerson() {
    AcrossViewModel model = open(Board.Which.PENDING, Optional.empty());
    AcrossRow row = model.rows().getFirst();
    model.open(row);
    assertThat(opened).containsExactly(row.of().organization().id());
    assertThat(screens).containsExactly(new Screen.Invitations(Optional.of(row.person())));
    model.back();
    assertThat(window.shown()).containsExactly(new Screen.Board());
  }

  @Test
  void writesThePeopleShownIntoAFile() throws Exception {
    AcrossViewModel model = open(Board.Which.EXPIRED, Optional.of(world.organization("Contoso")));
    Path file = folder.resolve("people.jsonl");
    window.takes(file);
    model.export(ActivityLog.Format.JSON_LINES);
    window.until(() -> !window.told().isEmpty());
    assertThat(Files.readAllLines(file))
        .hasSize(model.rows().size())
        .allMatch(line -> line.contains("\"organization\":\"Contoso\""))
        .anyMatch(line -> line.contains("\"" + model.rows().getFirst().person() + "\""));
  }
}

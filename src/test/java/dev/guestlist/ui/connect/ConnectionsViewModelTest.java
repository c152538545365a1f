package dev.guestlist.ui.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ConnectionTest;
import dev.guestlist.service.Connections;
import dev.guestlist.service.Workplace;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.connect.FormErrors.Field;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.ScreenContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
class ConnectionsViewModelTest {
  @TempDir private Path folder;
  private final TestScreen screen = new TestScreen();
  private final Drafts drafts = new Drafts();
  private final List<Connection> opened = new ArrayList<>();
  private PracticeWorld world;
  private Connections kept;
  private ConnectionsViewModel model;

  @BeforeEach
  void open() throws IOException {
    world = PracticeWorld.in(folder);
    kept = new Connections(world.store());
    show();
  }

  private void show() {
    ScreenContext context = screen.over(world);
    model =
        new ConnectionsViewModel(
            new ConnectContext(
                kept,
                new WorldPlaces(),
                context.background(),
                screen,
                screen,
                context.texts(),
                world.clock(),
                drafts),
            new RecordedWays(),
            Optional.empty());
    screen.until(() -> model.editorProperty().get().isPresent());
  }

  @AfterEach
  void close() {
    model.close();
    world.close();
  }

  private EditorViewModel editor() {
    return model.editorProperty().get().orElseThrow();
  }

  private EditorViewModel newOne() {
    model.create();
    editor().form().name.set("Staging");
    editor().form().address.set(world.connection().server() + "/t/acme/console");
    editor().form().clientId.set(world.connection().clientId());
    return editor();
  }

  private Optional<Connection> saved(String name) {
    return kept.all().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  @Test
  void showsWhatThisComputerKnowsAndThePracticeConnectionCannotBeChanged() {
    assertThat(model.items()).extracting(ConnectionsViewModel.Item::name).contains("Practice");
    assertThat(editor().fixed()).isTrue();
  }

  @Test
  void savesANewConnection() {
    newOne().save(false);
    screen.until(() -> screen.told().contains("Staging is saved."));

    assertThat(saved("Staging").orElseThrow().rootOrganization()).isEqualTo("acme");
    assertThat(opened).isEmpty();
    assertThat(drafts.all()).isEmpty();
  }

  @Test
  void savesAndSignsIn() {
    newOne().save(true);
    screen.until(() -> !opened.isEmpty());

    assertThat(opened.getFirst().name()).isEqualTo("Staging");
  }

  @Test
  void saysWhatIsMissingBesideTheFieldsAndSavesNothing() {
    EditorViewModel editor = newOne();
    editor.form().clientId.set("");
    assertThat(editor.errorsProperty().get()).isEmpty();

    editor.save(false);

    assertThat(editor.errorsProperty().get()).containsOnlyKeys(Field.CLIENT_ID);
    assertThat(saved("Staging")).isEmpty();
    editor.form().clientId.set("x");
    assertThat(editor.errorsProperty().get()).isEmpty();
  }

  @Test
  void losesNothingThatWasTypedWhenAnotherConnectionOrScreenIsShown() {
    newOne();
    ConnectionId id = editor().form().id;
    model.chosenProperty().set(Optional.of(world.connection().id()));
    model.close();
    show();
    model.chosenProperty().set(Optional.of(id));

    assertThat(editor().form().name.get()).isEqualTo("Staging");
    assertThat(model.items()).anyMatch(item -> item.name().equals("Staging") && item.changed());
  }

  @Test
  void cancelTakesANewConnectionAway() {
    newOne().cancel();

    assertThat(model.items()).extracting(ConnectionsViewModel.Item::name).doesNotContain("Staging");
    assertThat(drafts.all()).isEmpty();
  }

  @Test
  void keepsASecretSealedAndNeverShowsIt() {
    EditorViewModel editor = newOne();
    editor.form().way.set(SignInWay.TECHNICAL_ACCOUNT);
    editor.save(false);
    assertThat(editor.errorsProperty().get()).containsOnlyKeys(Field.SECRET);

    editor.changeSecret();
    editor.secretProperty().set("s3cr3t-of-staging");
    editor.save(false);
    screen.until(() -> editor.secretKeptProperty().get());

    assertThat(editor.secretProperty().get()).isEmpty();
    assertThat(kept.hasClientSecret(editor.form().id)).isTrue();
    assertThat(saved("Staging").orElseThrow().toString()).doesNotContain("s3cr3t");
    editor.forgetSecret();
    screen.takeAction();
    screen.until(() -> !editor.secretKeptProperty().get());
    assertThat(kept.hasClientSecret(editor.form().id)).isFalse();
  }

  @Test
  void saysThatTheAuthoritysFileIsMissing() {
    EditorViewModel editor = newOne();
    editor.form().trust.set(ConnectionForm.TrustChoice.FILE);
    screen.takes(folder.resolve("missing.pem").toAbsolutePath());
    editor.chooseTrustFile();
    editor.save(false);
    screen.until(() -> !editor.failureProperty().get().isEmpty());

    assertThat(editor.failureProperty().get()).contains("missing.pem");
    assertThat(saved("Staging")).isEmpty();
  }

  @Test
  void exportsWithoutSecretsAndImportsAgain() throws IOException {
    EditorViewModel editor = newOne();
    editor.changeSecret();
    editor.secretProperty().set("s3cr3t-of-staging");
    editor.save(false);
    screen.until(() -> saved("Staging").isPresent() && !editor.busyProperty().get());
    Path file = folder.resolve("connections.json");
    screen.takes(file);
    model.exportFile();
    screen.until(() ->
        screen.told().stream()
            .anyMatch(line -> line.contains("were not") || line.contains("written to")));

    assertThat(Files.readString(file)).contains("Staging").doesNotContain("s3cr3t", "Practice");
    model.importFile();
    screen.until(() -> kept.all().stream().filter(c -> c.name().equals("Staging")).count() == 2);
    Files.writeString(file, "<html>not a list</html>");
    model.importFile();
    screen.until(() -> !model.failureProperty().get().isEmpty());
  }

  @Test
  void removingAsksAndForgetsTheSecretToo() {
    EditorViewModel editor = newOne();
    editor.changeSecret();
    editor.secretProperty().set("s3cr3t-of-staging");
    editor.save(false);
    screen.until(() -> editor.secretKeptProperty().get());
    ConnectionId id = editor.form().id;

    editor.remove();
    screen.until(() -> !screen.questions().isEmpty());
    assertThat(screen.questions().getFirst().title())
        .isEqualTo("Remove Staging from this computer?");
    screen.takeAction();
    screen.until(() -> saved("Staging").isEmpty());

    assertThat(kept.hasClientSecret(id)).isFalse();
  }

  @Test
  void testsWhatTheFormSaysWithoutSavingIt() {
    EditorViewModel editor = newOne();
    editor.test().run();
    screen.until(() -> !editor.test().summaryProperty().get().isEmpty());

    assertThat(editor.test().lines()).extracting(TestViewModel.Line::check).contains("Address");
    editor.test().copy();
    assertThat(screen.copied().getFirst()).startsWith("Connection test of \"Staging\"");
    assertThat(saved("Staging")).isEmpty();
  }

  private final class WorldPlaces implements Places {
    @Override
    public List<Connection> connections() {
      return kept.all();
    }

    @Override
    public Workplace open(Connection connection) {
      return world.workplace();
    }

    @Override
    public ConnectionTest test(Connection connection) {
      return kept.test(connection, Optional.empty(), world.clock());
    }

    @Override
    public String organizationName(OrganizationId organization) {
      return organization.value();
    }

    @Override
    public void closeCurrent() {}
  }

  private final class RecordedWays implements ConnectionsViewModel.Ways {
    @Override
    public void open(Connection connection, boolean signIn) {
      opened.add(connection);
    }

    @Override
    public Optional<ConnectionId> openNow() {
      return Optional.empty();
    }

    @Override
    public void secrets() {}

    @Override
    public void sheet(Connection connection) {}

    @Override
    public void removed(ConnectionId id) {}
  }
}

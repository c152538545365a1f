package dev.guestlist.ui.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Workplace;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.connect.SignInPaneViewModel.Stage;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SignInPaneViewModelTest {
  @TempDir private Path folder;
  private final TestScreen screen = new TestScreen();
  private PracticeWorld world;
  private Workplace workplace;
  private SignInPaneViewModel pane;

  @BeforeEach
  void open() throws IOException {
    world = PracticeWorld.in(folder);
    open(SignInWay.BROWSER, world.connection().clientId());
  }

  private void open(SignInWay way, String client) {
    Connection practice = world.connection();
    Connection connection =
        new Connection(
            new ConnectionId("staging"),
            "Staging",
            Kind.TEST,
            practice.server(),
            practice.rootOrganization(),
            client,
            way,
            practice.requestsAtOnce(),
            practice.lifetime());
    if (workplace != null) {
      pane.close();
      workplace.close();
    }
    world.store().connections().put(connection);
    workplace = Workplace.open(connection, world.store(), new Changes(), world.clock());
    ScreenContext context = screen.over(workplace, world);
    pane = new SignInPaneViewModel(context);
  }

  @AfterEach
  void close() {
    pane.close();
    workplace.close();
    world.close();
  }

  private boolean shows(Class<? extends Stage> stage) {
    return stage.isInstance(pane.stageProperty().get());
  }

  @Test
  void takesNoRoomBeforeSomebodySignsIn() {
    assertThat(shows(Stage.Away.class)).isTrue();
    assertThat(pane.othersProperty().get()).isEmpty();
  }

  @Test
  void waitsForTheBrowserAndCountsDown() {
    pane.begin();
    screen.until(() -> shows(Stage.Browser.class) && !screen.opened().isEmpty());
    assertThat(pane.timeLeftProperty().get()).matches("[45]:\\d\\d left\\.");

    PracticeSignIn.inBrowser(screen.opened().getFirst(), "pat", "practice-pat");
    screen.until(() -> shows(Stage.Away.class));

    assertThat(workplace.session().account()).contains("pat");
    assertThat(pane.timeLeftProperty().get()).isEmpty();
  }

  @Test
  void opensAndCopiesTheSameAddressAgain() {
    pane.begin();
    screen.until(() -> shows(Stage.Browser.class) && !screen.opened().isEmpty());

    pane.openAddress();
    pane.copyAddress();

    assertThat(screen.opened()).hasSize(2);
    assertThat(screen.opened().get(1)).isEqualTo(screen.opened().get(0));
    assertThat(screen.copied()).containsExactly(screen.opened().getFirst().toString());
    pane.cancel();
    screen.until(() -> !shows(Stage.Browser.class));
  }

  @Test
  void saysThatAPastedAddressIsNotTheAnswerAndGoesOnWaiting() {
    pane.begin();
    screen.until(() -> shows(Stage.Browser.class) && !screen.opened().isEmpty());

    pane.pastedProperty().set("https://id.acme.example/somewhere");
    pane.useAddress();
    screen.until(() -> !pane.pasteNoteProperty().get().isEmpty());

    assertThat(pane.pasteNoteProperty().get()).startsWith("This is not the address");
    assertThat(shows(Stage.Browser.class)).isTrue();
    pane.cancel();
    screen.until(() -> !shows(Stage.Browser.class));
    assertThat(workplace.session().account()).isEmpty();
  }

  @Test
  void showsTheCodeForAnotherDevice() {
    open(SignInWay.DEVICE_CODE, world.connection().clientId());
    pane.begin();
    screen.until(() -> shows(Stage.Device.class));

    Stage.Device device = (Stage.Device) pane.stageProperty().get();
    pane.copyCode();

    assertThat(screen.copied()).containsExactly(device.code().userCode());
    assertThat(pane.timeLeftProperty().get()).isNotEmpty();
    pane.cancel();
    screen.until(() -> !shows(Stage.Device.class));
  }

  @Test
  void tellsWhatToDoAfterAFailureAndLeadsToTheConnection() {
    world.stopServer();
    pane.begin();
    screen.until(() -> shows(Stage.Failed.class));

    Stage.Failed failed = (Stage.Failed) pane.stageProperty().get();
    assertThat(failed.why().sentence()).contains("cannot be reached");
    assertThat(failed.why().next()).isNotBlank();
    pane.editConnection();
    assertThat(screen.shown())
        .containsExactly(new Screen.Connections(Optional.of(new ConnectionId("staging"))));
    pane.cancel();
    assertThat(shows(Stage.Away.class)).isTrue();
  }

  @Test
  void asksForATokenAndForgetsItsFieldAtOnce() {
    open(SignInWay.PASTED_TOKEN, world.connection().clientId());
    pane.begin();
    assertThat(shows(Stage.Token.class)).isTrue();

    pane.tokenProperty().set("no-such-token");
    pane.useToken();

    assertThat(pane.tokenProperty().get()).isEmpty();
    screen.until(() -> shows(Stage.Failed.class) || shows(Stage.Away.class));
    assertThat(shows(Stage.Failed.class)).isTrue();
    assertThat(workplace.session().account()).isEmpty();
  }
}

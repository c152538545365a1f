package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.PasteResult;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Runs.OthersWaiting;
import dev.guestlist.service.Session;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Signing in at the open connection, in the window and beside the work: whatever is open stays as
/// it is meanwhile. Also asks what becomes of waiting work of somebody else.
public final class SignInPaneViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Connection connection;
  private final Session session;
  private final Texts texts;
  private final Background background;
  private final Changes.Subscription subscription;
  private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(new Stage.Away());
  private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper pasteNote = new ReadOnlyStringWrapper("");
  private final StringProperty pasted = new SimpleStringProperty("");
  private final StringProperty token = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<OthersWaiting>> others =
      new ReadOnlyObjectWrapper<>(List.of());
  private final Set<String> keptFor = new HashSet<>();
  private Optional<String> account;
  private boolean trying;

  /// What the pane shows.
  public sealed interface Stage {
    /// nothing: somebody is signed in, or nobody tries to
    record Away() implements Stage {}

    /// waiting for the browser of this computer
    ///
    /// @param address what it was asked to open; empty until that is known
    record Browser(Optional<URI> address) implements Stage {}

    /// waiting for a code to be typed in on another device
    record Device(DeviceCode code) implements Stage {}

    /// asking for an access token
    record Token() implements Stage {}

    /// waiting for the server alone
    record Busy(String words) implements Stage {}

    /// it did not work
    record Failed(ProblemText why) implements Stage {}
  }

  public SignInPaneViewModel(ScreenContext context) {
    this.context = context;
    session = context.workplace().session();
    connection = session.connection();
    account = session.account();
    texts = context.texts();
    background = context.background().scope();
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    lookForOthers();
    goOnAsLastTime();
  }

  public ReadOnlyObjectProperty<Stage> stageProperty() {
    return stage.getReadOnlyProperty();
  }

  /// How long the waiting goes on, as "4:52"; blank when nothing waits.
  public ReadOnlyStringProperty timeLeftProperty() {
    return timeLeft.getReadOnlyProperty();
  }

  /// The address that the browser ended on, as it is pasted.
  public StringProperty pastedProperty() {
    return pasted;
  }

  /// What became of the pasted address; blank when nothing has to be said.
  public ReadOnlyStringProperty pasteNoteProperty() {
    return pasteNote.getReadOnlyProperty();
  }

  /// The access token, as it is pasted.
  public StringProperty tokenProperty() {
    return token;
  }

  /// What other accounts left waiting and nobody has decided on since the sign-in.
  public ReadOnlyObjectProperty<List<OthersWaiting>> othersProperty() {
    return others.getReadOnlyProperty();
  }

  /// Who is signed in; blank when nobody is.
  public String account() {
    return session.account().orElse("");
  }

  /// What the connection is called.
  public String connectionName() {
    return connection.name();
  }

  /// Starts signing in, in the way of the connection.
  public void begin() {
    switch (connection.signIn()) {
      case BROWSER, BROWSER_INTO_ORGANIZATION ->
          attempt(
              texts.get("sign-in.asking"),
              () -> session.signIn(address -> context.dialogs().open(address)));
      case DEVICE_CODE -> attempt(texts.get("sign-in.asking"), session::signInWithDeviceCode);
      case TECHNICAL_ACCOUNT ->
          attempt(texts.get("sign-in.technical"), session::signInAsTechnicalAccount);
      case PASTED_TOKEN -> stage.set(new Stage.Token());
    }
  }

  /// Goes on with the pasted token; nothing happens while there is none.
  public void useToken() {
    String typed = token.get().strip();
    if (!typed.isEmpty()) {
      token.set("");
      attempt(texts.get("sign-in.asking"), () -> session.signInWithToken(typed));
    }
  }

  /// Hands the pasted address over.
  public void useAddress() {
    String typed = pasted.get().strip();
    if (typed.isEmpty()) {
      return;
    }
    background.run(() -> session.paste(typed), this::takePasteResult);
  }

  /// Ends the try, or puts its failure away.
  public void cancel() {
    token.set("");
    if (trying) {
      background.run(
          () -> {
            session.cancelSignIn();
            return true;
          },
          ignored -> {});
    } else {
      stage.set(new Stage.Away());
    }
  }

  /// Opens the address in the browser (again).
  public void openAddress() {
    address().ifPresent(context.dialogs()::open);
  }

  public void copyAddress() {
    address()
        .ifPresent(address -> {
          context.dialogs().copy(address.toString());
          context.dialogs().tell(texts.get("sign-in.address-copied"));
        });
  }

  public void copyCode() {
    if (stage.get() instanceof Stage.Device device) {
      context.dialogs().copy(device.code().userCode());
      context.dialogs().tell(texts.get("sign-in.code-copied"));
    }
  }

  /// Leads to the settings of the connection and its test.
  public void editConnection() {
    context.navigator().show(new Screen.Connections(Optional.of(connection.id())));
  }

  /// Leaves what waits to the account that posted it.
  public void keep(OthersWaiting waiting) {
    keptFor.add(waiting.account());
    showOthers(others.get());
  }

  /// Lets it leave in the name of whoever is signed in.
  public void sendAsMe(OthersWaiting waiting) {
    decide(() -> context.workplace().runs().sendAsMe(waiting.account()));
  }

  /// Drops it, after a question.
  public void discard(OthersWaiting waiting) {
    context
        .dialogs()
        .confirm(
            new Dialogs.Question(
                texts.get("others.discard.title", waiting.rows(), waiting.account()),
                texts.get("others.discard.text"),
                texts.get("others.discard.do", waiting.rows()),
                texts.get("others.discard.keep")),
            () -> decide(() -> context.workplace().runs().discardOf(waiting.account())));
  }

  /// Counts down; to be called every second.
  public void tick() {
    Optional<Instant> until =
        session.state() instanceof SessionState.SigningIn signingIn && countsDown()
            ? Optional.of(signingIn.until())
            : Optional.empty();
    timeLeft.set(until.map(this::left).orElse(""));
  }

  private boolean countsDown() {
    return stage.get() instanceof Stage.Browser || stage.get() instanceof Stage.Device;
  }

  private String left(Instant until) {
    Duration left = Duration.between(context.clock().instant(), until);
    long seconds = Math.max(0, left.toSeconds());
    return texts.get("sign-in.left", seconds / 60, seconds % 60);
  }

  /// Somebody who wanted to stay signed in is, without being asked anything; not while they work
  /// offline.
  public void goOnAsLastTime() {
    boolean wanted =
        connection.settings().staySignedIn()
            && !session.link().chosen()
            && session.state() instanceof SessionState.SignedOut out
            && out.why().isEmpty();
    if (wanted) {
      attempt(texts.get("sign-in.resuming"), session::resume);
    }
  }

  private void attempt(String words, Background.Task task) {
    if (trying) {
      return;
    }
    trying = true;
    pasted.set("");
    pasteNote.set("");
    stage.set(new Stage.Busy(words));
    background.run(
        () -> {
          try {
            task.run();
            return Optional.<Problem>empty();
          } catch (ProblemException e) {
            return Optional.of(e.problem());
          }
        },
        this::ended);
  }

  private void ended(Optional<Problem> problem) {
    trying = false;
    stage.set(
        problem
            .<Stage>map(why -> new Stage.Failed(ProblemText.of(why, Optional.empty(), texts)))
            .orElseGet(Stage.Away::new));
    tick();
    if (problem.isEmpty()) {
      background.run(
          () -> {
            context.workplace().worker().tryNow();
            return true;
          },
          ignored -> {});
    }
  }

  private void changed(Change change) {
    switch (change) {
      case Change.SessionChanged ignored -> {
        follow();
        if (!session.account().equals(account)) {
          account = session.account();
          keptFor.clear();
        }
        lookForOthers();
      }
      case Change.RunsChanged ignored -> lookForOthers();
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> {}
    }
  }

  /// Shows how far the session says that the try has come.
  private void follow() {
    if (!trying && session.account().isPresent() && stage.get() instanceof Stage.Failed) {
      // the kept sign-in has worked by itself, once the server was back
      stage.set(new Stage.Away());
    }
    if (trying && session.state() instanceof SessionState.SigningIn now) {
      if (now.code().isPresent()) {
        stage.set(new Stage.Device(now.code().get()));
      } else if (inBrowser()) {
        stage.set(new Stage.Browser(now.address()));
      }
    }
    tick();
  }

  private boolean inBrowser() {
    boolean own =
        connection.signIn() == SignInWay.BROWSER
            || connection.signIn() == SignInWay.BROWSER_INTO_ORGANIZATION;
    return own
        && session.state() instanceof SessionState.SigningIn now
        && now.address().isPresent();
  }

  private Optional<URI> address() {
    return switch (stage.get()) {
      case Stage.Browser browser -> browser.address();
      case Stage.Device device ->
          Optional.of(device.code().withCode().orElse(device.code().address()));
      case Stage.Away ignored -> Optional.empty();
      case Stage.Token ignored -> Optional.empty();
      case Stage.Busy ignored -> Optional.empty();
      case Stage.Failed ignored -> Optional.empty();
    };
  }

  private void takePasteResult(PasteResult result) {
    switch (result) {
      case TAKEN -> {
        pasted.set("");
        pasteNote.set(texts.get("sign-in.paste.taken"));
      }
      case NOT_WAITING -> pasteNote.set(texts.get("sign-in.paste.not-waiting"));
      case NOT_THE_ANSWER -> pasteNote.set(texts.get("sign-in.paste.not-the-answer"));
    }
  }

  private void decide(Runnable decision) {
    background.run(
        () -> {
          decision.run();
          return context.workplace().runs().othersWaiting();
        },
        this::showOthers);
  }

  private void lookForOthers() {
    if (session.account().isEmpty()) {
      others.set(List.of());
    } else {
      background.run(() -> context.workplace().runs().othersWaiting(), this::showOthers);
    }
  }

  private void showOthers(List<OthersWaiting> waiting) {
    List<OthersWaiting> undecided =
        waiting.stream().filter(one -> !keptFor.contains(one.account())).toList();
    others.set(session.account().isEmpty() ? List.of() : undecided);
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}

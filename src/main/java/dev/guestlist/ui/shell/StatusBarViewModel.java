package dev.guestlist.ui.shell;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Link;
import dev.guestlist.service.Session;
import dev.guestlist.service.SessionState;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.PreparationText;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the line at the bottom says: who is signed in, whether the server answers, how old the list
/// is, what runs and what waits.
final class StatusBarViewModel implements AutoCloseable {
  private static final int NEGLIGIBLE_SECONDS = 60;

  private final Workplace workplace;
  private final Session session;
  private final Texts texts;
  private final ScreenContext context;
  private final Background background;
  private final Ages ages;
  private final BooleanSupplier boardShows;
  private final Changes.Subscription subscription;
  private final Changes.Subscription preparation;
  private final Reread<Work> work;
  private final ReadOnlyStringWrapper account = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<LinkText> link;
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper clock = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper running = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper preparing = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper decisions = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper leaving = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper title;
  private final KeptCodes kept;
  private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
  private Optional<Instant> readAt = Optional.empty();

  /// The state of the link as glyph, words and style class.
  ///
  /// @param step what the button beside it says; blank when there is nothing to do
  record LinkText(String glyph, String words, String style, String step) {}

  /// @param waiting rows without an outcome, but for those of runs that send just now
  /// @param decisions how many of those that wait need somebody
  /// @param leaving rows of runs that are on their way, and have not left yet
  /// @param percent how far the runs are that send just now; empty when none does
  private record Work(
      int waiting,
      int decisions,
      int leaving,
      OptionalInt percent,
      String running,
      Optional<KeptCodes.Outcome> news,
      Optional<Instant> readAt) {}

  /// @param boardShows whether what came of reading many organizations is on the screen already
  StatusBarViewModel(ScreenContext context, BooleanSupplier boardShows) {
    this.context = context;
    this.boardShows = boardShows;
    workplace = context.workplace();
    session = workplace.session();
    texts = context.texts();
    background = context.background().scope();
    ages = new Ages(texts, ZoneId.systemDefault());
    kept = new KeptCodes(workplace);
    title = new ReadOnlyStringWrapper(texts.get("window.title"));
    link = new ReadOnlyObjectWrapper<>(linkText());
    work = Reread.of(background, this::readWork, this::takeWork);
    subscription = workplace.changes().subscribe(background.onScreen(this::changed));
    preparation = workplace.preparation().watch(() -> background.onScreen(this::showPreparation));
    showPreparation();
    showSession();
    work.ask();
  }

  /// Who is signed in, in words.
  ReadOnlyStringProperty accountProperty() {
    return account.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<LinkText> linkProperty() {
    return link.getReadOnlyProperty();
  }

  /// How old the list of invitations is; blank when none was read.
  ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /// By how much the server's clock goes wrong; blank within a minute.
  ReadOnlyStringProperty clockProperty() {
    return clock.getReadOnlyProperty();
  }

  /// The run that sends just now; blank when none does.
  ReadOnlyStringProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /// How far the reading of many organizations is; blank while none goes on.
  ReadOnlyStringProperty preparingProperty() {
    return preparing.getReadOnlyProperty();
  }

  /// Rows that wait or are on their way.
  ReadOnlyIntegerProperty waitingProperty() {
    return waiting.getReadOnlyProperty();
  }

  /// How many of those that wait need somebody.
  ReadOnlyIntegerProperty decisionsProperty() {
    return decisions.getReadOnlyProperty();
  }

  /// Rows of runs that are on their way, and have not left yet.
  ReadOnlyIntegerProperty leavingProperty() {
    return leaving.getReadOnlyProperty();
  }

  /// The title of the window: how far the runs are, while some send.
  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty readingProperty() {
    return reading.getReadOnlyProperty();
  }

  /// Says ages and countdowns anew; to be called every second.
  void tick() {
    LinkText now = linkText();
    if (!now.equals(link.get())) {
      link.set(now);
    }
    clock.set(
        session
            .clockAhead()
            .filter(difference -> difference.abs().toSeconds() > NEGLIGIBLE_SECONDS)
            .map(this::clockText)
            .orElse(""));
    String newAge =
        readAt
            .map(at -> texts.get("status-bar.age", ages.ago(at, context.clock().instant())))
            .orElse("");
    age.set(newAge);
  }

  /// Tries the server at once.
  void tryNow() {
    background.run(
        () -> {
          session.probe();
          workplace.worker().tryNow();
          return true;
        },
        ignored -> tick());
  }

  /// Reads the invitations of the open organization again.
  void readAgain() {
    Optional<OrganizationId> current = session.current();
    if (current.isEmpty() || reading.get()) {
      return;
    }
    reading.set(true);
    background.runToEnd(
        () -> workplace.invitations().refresh(current.get()),
        ignored -> {},
        () -> reading.set(false));
  }

  private void changed(Change change) {
    switch (change) {
      case Change.SessionChanged ignored -> {
        showSession();
        work.ask();
      }
      case Change.RunsChanged ignored -> work.ask();
      case Change.InvitationsChanged ignored -> work.ask();
      case Change.OrganizationsChanged ignored -> {}
    }
  }

  private void showSession() {
    account.set(
        switch (session.state()) {
          case SessionState.SignedIn signedIn -> signedIn.account();
          case SessionState.SigningIn ignored -> texts.get("status-bar.signing-in");
          case SessionState.SignedOut ignored -> texts.get("status-bar.signed-out");
        });
    tick();
  }

  private void showPreparation() {
    workplace
        .preparation()
        .state()
        .ifPresent(state -> {
          boolean went = !preparing.get().isEmpty();
          if (state.running()) {
            preparing.set(
                texts.get(
                    state.paused() ? "status-bar.preparing.paused" : "status-bar.preparing",
                    PreparationText.number(state),
                    PreparationText.of(state)));
            return;
          }
          preparing.set("");
          if (went && !boardShows.getAsBoolean()) {
            context
                .dialogs()
                .tell(
                    PreparationText.line(state, texts),
                    texts.get("across.back"),
                    () -> context.navigator().show(new Screen.Board()));
          }
        });
  }

  private Work readWork() {
    List<Run> runs = workplace.runs().all();
    boolean sends = workplace.worker().sends() && session.ready();
    List<Run> active = runs.stream().filter(run -> sends && workplace.worker().moves(run)).toList();
    String line =
        active.stream().filter(run -> run.size() > 1).findFirst().map(this::progress).orElse("");
    int all = active.stream().mapToInt(Run::size).sum();
    int done = active.stream().mapToInt(Run::settled).sum();
    return new Work(
        runs.stream().mapToInt(run -> waiting(run, active.contains(run))).sum(),
        runs.stream().mapToInt(run -> run.count(RowState.NEEDS_DECISION)).sum(),
        active.stream()
            .filter(ClosingViewModel::leaves)
            .mapToInt(run -> run.count(RowState.READY) + run.count(RowState.SENDING))
            .sum(),
        all > 1 ? OptionalInt.of(done * 100 / all) : OptionalInt.empty(),
        line,
        kept.look(runs),
        session.current().flatMap(workplace.invitations()::readAt));
  }

  private void takeWork(Work now) {
    waiting.set(now.waiting());
    decisions.set(now.decisions());
    leaving.set(now.leaving());
    title.set(
        now.percent().isPresent()
            ? texts.get("window.title.percent", now.percent().getAsInt())
            : texts.get("window.title"));
    running.set(now.running());
    readAt = now.readAt();
    now.news()
        .ifPresent(codes ->
            context
                .dialogs()
                .tell(
                    texts.get(
                        "status-bar.codes-back",
                        codes.accepted(),
                        codes.needSomebody(),
                        codes.refused(),
                        codes.unclear()),
                    texts.get("status-bar.codes-back.show"),
                    () -> context.navigator().show(new Screen.Runs())));
    tick();
  }

  /// What is under way waits for nobody; its rows that need a decision do.
  private static int waiting(Run run, boolean moves) {
    return moves ? run.count(RowState.NEEDS_DECISION) : run.size() - run.settled();
  }

  private String progress(Run run) {
    String line = texts.get("status-bar.run", run.number(), run.settled(), run.size());
    Instant now = context.clock().instant();
    return workplace
        .worker()
        .timeLeft(run)
        .map(left -> texts.get("status-bar.run.left", line, ages.left(now.plus(left), now)))
        .orElse(line);
  }

  private LinkText linkText() {
    Link now = session.link();
    if (now.chosen()) {
      String since = ages.moment(now.since(), context.clock().instant());
      return new LinkText(
          "○",
          texts.get("status-bar.works-offline", since),
          "neutral",
          texts.get("status-bar.go-online"));
    }
    return switch (now.state()) {
      case OFFLINE -> new LinkText("○", offline(now), "warning", texts.get("status-bar.try"));
      case ONLINE ->
          session.account().isPresent()
              ? new LinkText("●", texts.get("status-bar.online"), "success", "")
              : new LinkText("◌", texts.get("status-bar.link-signed-out"), "neutral", "");
      case UNTRIED ->
          new LinkText(
              "◌", texts.get("status-bar.untried"), "neutral", texts.get("status-bar.try"));
    };
  }

  private String clockText(Duration ahead) {
    Duration length = ahead.abs();
    String words =
        length.toHours() == 0
            ? texts.get("status-bar.clock.minutes", length.toMinutes())
            : texts.get("status-bar.clock.hours", length.toHours(), length.toMinutesPart());
    return texts.get(
        ahead.isNegative() ? "status-bar.clock.behind" : "status-bar.clock.ahead", words);
  }

  private String offline(Link now) {
    Instant moment = context.clock().instant();
    String since = ages.moment(now.since(), moment);
    return now.nextTry()
        .map(next -> Math.max(0, Duration.between(moment, next).toSeconds()))
        .filter(seconds -> seconds > 0)
        .map(seconds -> texts.get("status-bar.offline-next", since, seconds))
        .orElseGet(() -> texts.get("status-bar.offline", since));
  }

  @Override
  public void close() {
    subscription.close();
    preparation.close();
    background.close();
  }
}

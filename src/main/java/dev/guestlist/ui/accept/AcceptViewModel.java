package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedCodes;
import dev.guestlist.model.PastedCodes.Almost;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Remembered;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/// Takes codes in from anything pasted, looks each of them up, and accepts the chosen ones after a
/// countdown; or keeps them sealed until the server can be reached.
///
/// Codes leave the text field as soon as they are taken in: from then on they are shown masked.
public final class AcceptViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Background background;
  private final Texts texts;
  private final Desk desk;
  private final CodeTable table = new CodeTable();
  private final Checking checking;
  private final Sending sending;
  private final DeskNotes notes;
  private final Ways ways;
  private final Changes.Subscription subscription;
  private final Reread<Desk.Situation> around;

  private final StringProperty input = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper found = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper today = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canCheck = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper acceptText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper acceptReason = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper madeSureText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper tickAllText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper keepText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper withoutText = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper canSignIn = new ReadOnlyBooleanWrapper();
  private final BooleanProperty withoutNames = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper hasReport = new ReadOnlyBooleanWrapper();

  private Optional<Desk.Situation> situation = Optional.empty();
  private final Set<String> alsoHere = new HashSet<>();
  private boolean checksAfterSignIn;
  private boolean holdsCodes;
  private int typed;
  private int read;
  private Consumer<Focus> focus = place -> {};
  private Runnable over = () -> {};

  /// The ways to what other parts of the window do.
  ///
  /// @param goTo opens a screen of an organization
  /// @param signIn lets somebody sign in
  public record Ways(BiConsumer<OrganizationId, Screen> goTo, Runnable signIn) {}

  /// What should have the keyboard.
  public enum Focus {
    FIELD,
    ACCEPT
  }

  public AcceptViewModel(ScreenContext context, Ways ways) {
    this.context = context;
    this.ways = ways;
    this.notes = new DeskNotes(context.remembered());
    this.background = context.background().scope();
    this.texts = context.texts();
    this.desk = new Desk(context.workplace(), texts, context.clock());
    this.checking = new Checking(background, texts, desk, table, message::set, this::checked);
    this.sending =
        new Sending(context, background, table, desk, message::set, this::show, () -> over.run());
    this.around = Reread.of(background, desk::situation, this::show);
    input.addListener((property, was, is) -> read(is));
    notes.madeSureProperty().addListener((property, was, is) -> show());
    notes.demandedProperty().addListener((property, was, is) -> show());
    withoutNames.addListener((property, was, is) -> show());
    sending
        .countingProperty()
        .addListener((property, was, is) -> {
          show();
          focus.accept(Focus.FIELD);
        });
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    around.ask();
  }

  // ---------------------------------------------------------------- what is shown

  public StringProperty inputProperty() {
    return input;
  }

  /// Ticket, note, whether the caller was made sure of, and how this computer accepts.
  public DeskNotes notes() {
    return notes;
  }

  /// What was found in the field, while it is typed; then what was taken in from it.
  public ReadOnlyStringProperty foundProperty() {
    return found.getReadOnlyProperty();
  }

  /// What just happened or goes on, in one line.
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty todayProperty() {
    return today.getReadOnlyProperty();
  }

  /// Why codes cannot be looked up now; blank when they can.
  public ReadOnlyStringProperty bandProperty() {
    return band.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty offlineProperty() {
    return offline.getReadOnlyProperty();
  }

  /// Whether [#check] would do anything.
  public ReadOnlyBooleanProperty canCheckProperty() {
    return canCheck.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty checkingProperty() {
    return checking.property();
  }

  /// While this is true, [#tick()] is to be called a few times a second.
  public ReadOnlyBooleanProperty countingProperty() {
    return sending.countingProperty();
  }

  /// What the accept button says; blank while there is nothing to accept.
  public ReadOnlyStringProperty acceptTextProperty() {
    return acceptText.getReadOnlyProperty();
  }

  /// Why the accept button cannot be pressed yet; blank when it can, or is not there.
  public ReadOnlyStringProperty acceptReasonProperty() {
    return acceptReason.getReadOnlyProperty();
  }

  /// What is ticked about the caller; blank while there is nobody to accept.
  public ReadOnlyStringProperty madeSureTextProperty() {
    return madeSureText.getReadOnlyProperty();
  }

  /// What the button says that accepts codes without a look; blank where a look is possible, or
  /// there is none.
  public ReadOnlyStringProperty withoutTextProperty() {
    return withoutText.getReadOnlyProperty();
  }

  /// The tick that accepting without a look needs.
  public BooleanProperty withoutNamesProperty() {
    return withoutNames;
  }

  /// Whether signing in would make a look possible.
  public ReadOnlyBooleanProperty canSignInProperty() {
    return canSignIn.getReadOnlyProperty();
  }

  /// What the keep button says; blank while there is nothing to keep.
  public ReadOnlyStringProperty keepTextProperty() {
    return keepText.getReadOnlyProperty();
  }

  /// What the way says that ticks all who are ready; blank where there is nobody to tick.
  public ReadOnlyStringProperty tickAllTextProperty() {
    return tickAllText.getReadOnlyProperty();
  }

  /// Whether there is something to copy for a ticket.
  public ReadOnlyBooleanProperty hasReportProperty() {
    return hasReport.getReadOnlyProperty();
  }

  /// Told, again and again, what should have the keyboard now.
  public void onFocus(Consumer<Focus> listener) {
    focus = listener;
  }

  /// Told when every code that was accepted has its outcome.
  public void onOver(Runnable listener) {
    over = listener;
  }

  public ObservableList<AcceptRow> rows() {
    return table.rows();
  }

  // ---------------------------------------------------------------- what can be done

  /// Takes the codes of the field in and looks them up; with an empty field, looks up again what
  /// could not be looked up before.
  public void check() {
    check(input.get());
  }

  private void check(String text) {
    background.run(() -> desk.codesIn(text), codes -> takeIn(codes, text));
  }

  /// Takes codes in from a text that is too long for the field, beside what stands there.
  public void checkBeside(String text) {
    checkBeside(text, "");
  }

  private void checkBeside(String text, String first) {
    background.run(() -> desk.codesIn(text), codes -> takeInBeside(codes, first));
  }

  /// Takes in what stands in files: saved mails, or any text.
  public void checkFiles(List<Path> files) {
    background.run(
        () -> desk.textOf(files),
        read -> {
          String unread =
              read.unread().isEmpty()
                  ? ""
                  : texts.get("accept.files.unread", String.join(", ", read.unread()));
          if (read.text().isBlank()) {
            found.set(unread);
          } else {
            checkBeside(read.text(), unread);
          }
        });
  }

  /// Takes the way that a row offers.
  public void take(AcceptRow row) {
    row.offer()
        .ifPresent(offer -> {
          switch (offer) {
            case CHECK_HERE -> checkHere(row);
            case ASK_AGAIN -> askAgain(row);
          }
        });
  }

  /// Looks up all codes of links that lead to the same other server, now and later in this window.
  private void checkHere(AcceptRow row) {
    String host = row.host().orElseThrow();
    alsoHere.add(host);
    List<AcceptRow> theirs =
        table.in(CodeState.OTHER_SERVER).stream()
            .filter(one -> one.host().equals(row.host()))
            .toList();
    theirs.forEach(one -> table.replace(one.key(), AcceptRow::checking));
    lookUp(theirs);
  }

  private void askAgain(AcceptRow row) {
    CodeCheck check = row.check().orElseThrow();
    if (desk.mayInvite(check.organization())) {
      ways.goTo()
          .accept(check.organization(), new Screen.Invitations(Optional.of(check.username())));
      return;
    }
    List<AcceptRow> expired = table.in(CodeState.EXPIRED);
    background.run(
        () -> desk.request(expired),
        request -> {
          context.dialogs().copy(request);
          message.set(texts.get("accept.request.copied", expired.size()));
        });
  }

  /// Lets somebody sign in; what could not be looked up is looked up then.
  public void signInAndCheck() {
    checksAfterSignIn = true;
    ways.signIn().run();
  }

  /// Accepts codes that cannot be looked up, after the countdown.
  public void acceptWithoutLooking() {
    if (!withoutText.get().isEmpty() && withoutNames.get() && !notes.open()) {
      post(table.in(CodeState.NOT_CHECKED), Sending.How.WITHOUT_LOOKING);
      withoutNames.set(false);
    }
  }

  /// Ticks a person, or no longer. Whoever was made sure of was another list of people.
  public void tick(AcceptRow row, boolean ticked) {
    table.replace(row.key(), one -> one.withTick(ticked));
    notes.madeSureProperty().set(false);
    show();
  }

  /// Ticks all who are ready; those who lead elsewhere than most of the list are ticked one by one.
  public void tickAll() {
    table.together(
        () -> table.unticked().forEach(row -> table.replace(row.key(), one -> one.withTick(true))));
    notes.madeSureProperty().set(false);
    show();
  }

  /// Whether there are codes in the field, so that Enter checks instead of beginning a new line.
  /// What was typed just now and is not read yet may be one.
  boolean mayHoldCodes() {
    return !input.get().isBlank() && (holdsCodes || read < typed);
  }

  /// The main action: checks the codes in the field, else accepts or keeps what is in the table.
  /// Something like a code may stay in the field meanwhile.
  public void goOn() {
    if (mayHoldCodes()) {
      check();
    } else if (!acceptText.get().isEmpty()) {
      accept();
    } else if (!keepText.get().isEmpty()) {
      keep();
    }
  }

  /// Accepts the ticked people after a countdown.
  public void accept() {
    if (!acceptText.get().isEmpty() && acceptReason.get().isEmpty()) {
      post(table.chosen(), Sending.How.ACCEPT);
    }
  }

  private void post(List<AcceptRow> codes, Sending.How how) {
    if (sending.post(codes, how, notes.forRun(), notes.countdown())) {
      notes.madeSureProperty().set(false);
    }
  }

  /// Seals the codes that could not be looked up on this computer; they are checked and accepted
  /// when the server can be reached.
  public void keep() {
    if (!keepText.get().isEmpty()) {
      boolean ignored =
          sending.post(
              table.in(CodeState.NOT_CHECKED), Sending.How.KEEP, notes.forRun(), Duration.ZERO);
    }
  }

  /// Moves the countdown on.
  public void tick() {
    sending.tick();
  }

  /// Stops what was started: during the countdown nothing is sent, after it what has not left yet.
  ///
  /// @return whether there was anything to stop
  public boolean stop() {
    return sending.stop();
  }

  /// Puts the outcome on the clipboard: names, organization, time, and no codes.
  public void copyForTicket() {
    String connection = context.workplace().session().connection().name();
    context
        .dialogs()
        .copy(new Report(texts).of(rows(), notes.forRun(), connection, context.clock().instant()));
    message.set(texts.get("accept.copied"));
  }

  /// Shows the small window, which stays on top of a ticket system.
  public void showDesk() {
    context.navigator().show(new Screen.Desk());
  }

  Remembered remembered() {
    return context.remembered();
  }

  /// Empties the table and what was noted for its caller. What is under way goes on, and is found
  /// among the runs.
  public void clear() {
    if (!sending.isCounting()) {
      rows().clear();
      notes.forget();
      found.set("");
      message.set("");
      show();
      focus.accept(Focus.FIELD);
    }
  }

  /// Another screen is shown: what counts down goes on, and can be stopped from the line that says
  /// so.
  public void left() {
    sending.leaving().ifPresent(this::tellOf);
  }

  /// Takes back what counts down, and forgets every code that nothing is done with any more: nobody
  /// is to find them on a screen that was left alone.
  public void forgetCodes() {
    boolean stopped = sending.takeBack();
    boolean any = stopped || !input.get().isEmpty();
    input.set("");
    any |= rows().removeIf(row -> row.code().isPresent() && (stopped || !sending.holds(row)));
    notes.madeSureProperty().set(false);
    if (any) {
      message.set(texts.get("accept.locked"));
    }
    show();
  }

  /// The connection is left: what counts down is taken back, what has left goes on, and every code
  /// leaves the memory.
  @Override
  public void close() {
    sending.leaving().ifPresent(left -> context.background().run(left.stop(), this::tellStopped));
    subscription.close();
    background.close();
    input.set("");
    rows().clear();
  }

  /// A countdown goes on that nobody sees any more: it can be stopped from the line that says so.
  private void tellOf(Sending.Leaving left) {
    context
        .dialogs()
        .tell(
            texts.get("accept.left", left.people()),
            texts.get("accept.left.stop"),
            () -> context.background().run(left.stop(), this::tellStopped));
  }

  private void tellStopped(boolean inTime) {
    context.dialogs().tell(texts.get(inTime ? "accept.stopped" : "accept.stopped.late"));
  }

  // ---------------------------------------------------------------- taking in and looking up

  private void read(String text) {
    int mine = ++typed;
    background.run(
        () -> desk.codesIn(text),
        codes -> {
          if (mine == typed) {
            read = mine;
            found.set(FoundText.of(codes, text, texts));
            holdsCodes = !codes.codes().isEmpty();
            show();
          }
        });
  }

  private void takeIn(PastedCodes codes, String text) {
    if (text.isBlank()) {
      lookUp(table.in(CodeState.NOT_CHECKED));
    } else if (!codes.codes().isEmpty()) {
      List<AcceptRow> fresh = add(codes);
      input.set(codes.almost().isEmpty() ? "" : almost(codes) + "\n");
      read = ++typed;
      holdsCodes = false;
      found.set(FoundText.sum(codes, texts));
      lookUp(fresh);
    }
  }

  /// Takes in what came past the field, which keeps what stands in it; something like a code is put
  /// below, to be mended.
  ///
  /// @param first what has to be said before what was found; blank when nothing
  private void takeInBeside(PastedCodes codes, String first) {
    List<AcceptRow> fresh = add(codes);
    if (!codes.almost().isEmpty()) {
      String typedBefore = input.get().stripTrailing();
      input.set(typedBefore.isEmpty() ? almost(codes) : typedBefore + "\n" + almost(codes));
    }
    read = ++typed;
    found.set((first + " " + FoundText.sum(codes, texts)).strip());
    lookUp(fresh);
  }

  /// Adds rows for codes that are not there yet, in place of rows that are over.
  private List<AcceptRow> add(PastedCodes codes) {
    rows().removeIf(row -> row.state().over() && !sending.holds(row));
    return table.add(codes.codes());
  }

  private static String almost(PastedCodes codes) {
    return codes.almost().stream().map(Almost::text).collect(Collectors.joining("\n"));
  }

  private void lookUp(List<AcceptRow> unseen) {
    if (unseen.isEmpty()) {
      show();
      return;
    }
    notes.madeSureProperty().set(false);
    Set<String> hosts = new HashSet<>(alsoHere);
    situation.ifPresent(it -> hosts.addAll(it.hosts()));
    checking.begin(unseen, hosts);
    show();
  }

  private void checked(int count) {
    table.setApart(texts.get("accept.note.elsewhere"));
    message.set(FoundText.checked(rows(), texts));
    show();
    boolean oneReady = count == 1 && table.chosen().size() == 1 && input.get().isBlank();
    focus.accept(oneReady ? Focus.ACCEPT : Focus.FIELD);
  }

  // ---------------------------------------------------------------- news from outside

  private void changed(Change change) {
    switch (change) {
      case Change.RunsChanged ignored -> {
        sending.follow();
        around.ask();
      }
      case Change.SessionChanged ignored -> {
        sending.follow();
        around.ask();
      }
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> {}
    }
  }

  private void show(Desk.Situation now) {
    situation = Optional.of(now);
    offline.set(now.offline());
    band.set(now.band());
    today.set(now.today());
    canSignIn.set(now.signedOut() && !now.offline());
    show();
    if (checksAfterSignIn && now.canLook()) {
      checksAfterSignIn = false;
      lookUp(table.in(CodeState.NOT_CHECKED));
    }
  }

  private void show() {
    boolean canLook = situation.filter(Desk.Situation::canLook).isPresent();
    boolean canKeep = situation.filter(it -> it.cannotKeep().isEmpty()).isPresent();
    boolean readOnly = context.workplace().session().connection().settings().readOnly();
    boolean free = !sending.isCounting() && !checking.isOn() && !readOnly;
    List<AcceptRow> chosen = free ? table.chosen() : List.of();
    int unseen = free ? table.in(CodeState.NOT_CHECKED).size() : 0;
    acceptText.set(chosen.isEmpty() ? "" : texts.get("accept.accept", chosen.size()));
    int unticked = free ? table.unticked().size() : 0;
    tickAllText.set(unticked > 0 ? texts.get("accept.tick-all", unticked + ready(chosen)) : "");
    keepText.set(unseen > 0 && canKeep ? texts.get("accept.keep", unseen) : "");
    boolean blind = unseen > 0 && !canLook && !offline.get();
    withoutText.set(blind ? texts.get("accept.without", unseen) : "");
    boolean asks = !chosen.isEmpty() || blind;
    madeSureText.set(
        !asks
            ? ""
            : chosen.isEmpty()
                ? texts.get("accept.made-sure.unseen")
                : texts.get("accept.made-sure", chosen.size(), chosen.getFirst().person()));
    acceptReason.set(asks && notes.open() ? texts.get("accept.made-sure.missing") : "");
    boolean again = canLook && table.any(row -> row.state() == CodeState.NOT_CHECKED);
    canCheck.set(!checking.isOn() && (holdsCodes || (input.get().isBlank() && again)));
    hasReport.set(!sending.isCounting() && table.any(row -> row.state().over()));
  }

  private static int ready(List<AcceptRow> some) {
    return (int) some.stream().filter(row -> row.state() == CodeState.READY).count();
  }
}

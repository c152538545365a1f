package dev.guestlist.ui.accept;

import dev.guestlist.model.PastedCodes;
import dev.guestlist.model.PastedCodes.Almost;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/// Takes codes in from anything pasted, looks each of them up, and accepts the chosen ones after a
/// countdown; or keeps them sealed until the server can be reached.
///
/// Codes leave the text field as soon as they are taken in: from then on they are shown masked.
public final class AcceptViewModel implements AutoCloseable {
  private static final Duration COUNTDOWN = Duration.ofSeconds(5);

  private final ScreenContext context;
  private final Background background;
  private final Texts texts;
  private final Desk desk;
  private final CodeTable table = new CodeTable();
  private final Sending sending;
  private final Changes.Subscription subscription;

  private final StringProperty input = new SimpleStringProperty("");
  private final StringProperty ticket = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper found = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper today = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper band = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canCheck = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper holdsCodes = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper acceptText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper keepText = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper hasReport = new ReadOnlyBooleanWrapper();

  private String cannotKeep = "";
  private boolean canLook;
  private int typed;
  private Consumer<Focus> focus = place -> {};

  /// What should have the keyboard.
  public enum Focus {
    FIELD,
    ACCEPT
  }

  public AcceptViewModel(ScreenContext context) {
    this.context = context;
    this.background = context.background().scope();
    this.texts = context.texts();
    this.desk = new Desk(context.workplace(), texts, context.clock());
    this.sending = new Sending(context, background, table, desk, message::set, this::show);
    input.addListener((property, was, is) -> read(is));
    sending
        .countingProperty()
        .addListener((property, was, is) -> {
          show();
          focus.accept(Focus.FIELD);
        });
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    lookAround();
  }

  // ---------------------------------------------------------------- what is shown

  public StringProperty inputProperty() {
    return input;
  }

  public StringProperty ticketProperty() {
    return ticket;
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

  /// Whether a whole code stands in the field: then Enter checks instead of beginning a new line.
  public ReadOnlyBooleanProperty holdsCodesProperty() {
    return holdsCodes.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty checkingProperty() {
    return checking.getReadOnlyProperty();
  }

  /// While this is true, [#tick()] is to be called a few times a second.
  public ReadOnlyBooleanProperty countingProperty() {
    return sending.countingProperty();
  }

  /// What the accept button says; blank while there is nothing to accept.
  public ReadOnlyStringProperty acceptTextProperty() {
    return acceptText.getReadOnlyProperty();
  }

  /// What the keep button says; blank while there is nothing to keep.
  public ReadOnlyStringProperty keepTextProperty() {
    return keepText.getReadOnlyProperty();
  }

  /// Whether there is something to copy for a ticket.
  public ReadOnlyBooleanProperty hasReportProperty() {
    return hasReport.getReadOnlyProperty();
  }

  /// Told, again and again, what should have the keyboard now.
  public void onFocus(Consumer<Focus> listener) {
    focus = listener;
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

  /// Takes codes in from a text that is too long for the field.
  public void check(String text) {
    background.run(() -> PastedCodes.find(text), codes -> takeIn(codes, text));
  }

  public void tick(AcceptRow row, boolean ticked) {
    table.replace(row.key(), one -> one.withTick(ticked));
    show();
  }

  /// The main action: checks what is in the field, else accepts or keeps what is in the table.
  public void goOn() {
    if (!input.get().isBlank()) {
      check();
    } else if (!acceptText.get().isEmpty()) {
      accept();
    } else if (!keepText.get().isEmpty()) {
      keep();
    }
  }

  /// Accepts the ticked people after a countdown.
  public void accept() {
    if (!acceptText.get().isEmpty()) {
      sending.post(table.chosen(), ticket.get().strip(), COUNTDOWN);
    }
  }

  /// Seals the codes that could not be looked up on this computer; they are checked and accepted
  /// when the server can be reached.
  public void keep() {
    if (!keepText.get().isEmpty()) {
      sending.post(table.in(CodeState.NOT_CHECKED), ticket.get().strip(), Duration.ZERO);
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
    String report =
        new Report(texts).of(rows(), ticket.get(), connection, context.clock().instant());
    context.dialogs().copy(report);
    message.set(texts.get("accept.copied"));
  }

  /// Empties the table. What is under way goes on, and is found among the runs.
  public void clear() {
    if (!sending.isCounting()) {
      rows().clear();
      found.set("");
      message.set("");
      show();
      focus.accept(Focus.FIELD);
    }
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }

  // ---------------------------------------------------------------- taking in and looking up

  private void read(String text) {
    int mine = ++typed;
    background.run(
        () -> PastedCodes.find(text),
        codes -> {
          if (mine == typed) {
            found.set(FoundText.of(codes, text, texts));
            holdsCodes.set(!codes.codes().isEmpty());
            show();
          }
        });
  }

  private void takeIn(PastedCodes codes, String text) {
    if (text.isBlank()) {
      lookUp(table.in(CodeState.NOT_CHECKED));
    } else if (!codes.codes().isEmpty()) {
      rows().removeIf(row -> row.state().over() && !sending.counts(row));
      List<AcceptRow> fresh = table.add(codes.codes());
      input.set(codes.almost().stream().map(Almost::text).collect(Collectors.joining("\n")));
      typed++;
      holdsCodes.set(false);
      found.set(FoundText.sum(codes, texts));
      lookUp(fresh);
    }
  }

  private void lookUp(List<AcceptRow> unseen) {
    if (unseen.isEmpty()) {
      show();
      return;
    }
    checking.set(true);
    int all = unseen.size();
    message.set(texts.get("accept.checking", all, 0));
    background.run(
        () -> {
          try {
            lookUpNow(unseen);
          } finally {
            background.onScreen(() -> checked(all));
          }
          return all;
        },
        count -> {});
  }

  private void lookUpNow(List<AcceptRow> unseen) {
    int done = 0;
    for (AcceptRow row : unseen) {
      Desk.Looked looked = desk.look(row.code().orElseThrow(), row.repair());
      int count = ++done;
      background.onScreen(() -> {
        table.replace(row.key(), one -> one.as(looked));
        message.set(texts.get("accept.checking", unseen.size(), count));
      });
    }
  }

  private void checked(int count) {
    checking.set(false);
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
        lookAround();
      }
      case Change.SessionChanged ignored -> lookAround();
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> {}
    }
  }

  private void lookAround() {
    background.run(
        desk::situation,
        situation -> {
          canLook = situation.canLook();
          cannotKeep = situation.cannotKeep();
          offline.set(situation.offline());
          band.set(situation.band());
          today.set(situation.today());
          show();
        });
  }

  private void show() {
    boolean free = !sending.isCounting() && !checking.get();
    boolean readOnly = context.workplace().session().connection().settings().readOnly();
    int people = free && !readOnly ? table.chosen().size() : 0;
    acceptText.set(people > 0 ? texts.get("accept.accept", people) : "");
    int unseen =
        free && !readOnly && cannotKeep.isEmpty() ? table.in(CodeState.NOT_CHECKED).size() : 0;
    keepText.set(unseen > 0 ? texts.get("accept.keep", unseen) : "");
    boolean again = canLook && !table.in(CodeState.NOT_CHECKED).isEmpty();
    canCheck.set(!checking.get() && (holdsCodes.get() || (input.get().isBlank() && again)));
    hasReport.set(!sending.isCounting() && table.any(row -> row.state().over()));
  }
}

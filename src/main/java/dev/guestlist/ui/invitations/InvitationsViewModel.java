package dev.guestlist.ui.invitations;

import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.RunRow;
import dev.guestlist.service.History;
import dev.guestlist.service.Session;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The invitations of the current organization: shown at once from what this computer keeps, then
/// read again in the background.
public final class InvitationsViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Texts texts;
  private final Ages ages;
  private final RowWords words;
  private final Background background;
  private final OrganizationId organization;
  private final Optional<String> person;
  private final Session session;
  private final ListFeed feed;
  private final FormerDays former;
  private final TableContents contents;
  private final SelectedRows selection;
  private final InvitationDetailsViewModel details;
  private final Arrangement arrangement;

  private final ReadOnlyObjectWrapper<Heading> heading;
  private final ReadOnlyObjectWrapper<Instant> now;
  private final ReadOnlyObjectWrapper<Situation> situation;
  private final ReadOnlyObjectWrapper<Commands> commands;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<RowChip> chip = new SimpleObjectProperty<>(RowChip.ALL);
  private Optional<KeptList> shown = Optional.empty();
  private final ObjectProperty<Optional<String>> wanted =
      new SimpleObjectProperty<>(Optional.empty());
  private int edition;

  /// What stands above and below the table.
  ///
  /// @param parent where people are invited from; blank when not known
  /// @param age how old the list is; blank when it was never read
  /// @param step how many more or fewer than on the last former day; blank when none is kept
  /// @param grace the deletion that can still be taken back; blank when there is none
  record Heading(String title, String parent, String age, String step, String grace) {}

  /// Shows the session's current organization; the window makes a new screen when that changes.
  ///
  /// @throws IllegalStateException when there is none
  public InvitationsViewModel(ScreenContext context) {
    this(context, Optional.empty());
  }

  /// @param person the username to select at first; empty for nobody
  public InvitationsViewModel(ScreenContext context, Optional<String> person) {
    this.person = person;
    this.context = context;
    texts = context.texts();
    ages = new Ages(texts, ZoneId.systemDefault());
    words = new RowWords(texts);
    background = context.background().scope();
    session = context.workplace().session();
    organization =
        session
            .current()
            .orElseThrow(() -> new IllegalStateException("No organization is current."));
    contents = new TableContents(background);
    former = new FormerDays(context, background, organization, this::update);
    details = new InvitationDetailsViewModel(context, organization, this::moment);
    selection =
        new SelectedRows(
            context,
            background,
            new Deletion(context, background, organization, contents::all),
            new Replacement(context, background, organization, contents::all),
            this::selected);
    arrangement = new Arrangement(context.remembered(), contents::order);
    feed = new ListFeed(context, background, organization, this::update);
    now = new ReadOnlyObjectWrapper<>(moment());
    heading = new ReadOnlyObjectWrapper<>(heading());
    situation = new ReadOnlyObjectWrapper<>(situation());
    commands = new ReadOnlyObjectWrapper<>(commands());
    search.addListener(typed -> filter());
    chip.addListener(chosen -> filter());
    contents.shownProperty().addListener(rows -> update());
    feed.start();
  }

  ReadOnlyObjectProperty<Heading> headingProperty() {
    return heading.getReadOnlyProperty();
  }

  /// The moment that times left are told for; moves only when some shown text may change.
  ReadOnlyObjectProperty<Instant> nowProperty() {
    return now.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Situation> situationProperty() {
    return situation.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Commands> commandsProperty() {
    return commands.getReadOnlyProperty();
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<RowChip> chipProperty() {
    return chip;
  }

  TableContents contents() {
    return contents;
  }

  /// The selected rows and what can be done with them.
  SelectedRows selection() {
    return selection;
  }

  /// How somebody arranged columns and details.
  Arrangement arrangement() {
    return arrangement;
  }

  RowWords words() {
    return words;
  }

  /// The key of a row that is to be selected as soon as it is shown; whoever selects it empties
  /// this.
  ObjectProperty<Optional<String>> wantedProperty() {
    return wanted;
  }

  /// Whom to select when the first rows are shown; empty for nobody.
  Optional<String> person() {
    return person;
  }

  Reading reading() {
    return feed.reading();
  }

  InvitationDetailsViewModel details() {
    return details;
  }

  /// The former days, and which of them is looked at.
  FormerDays former() {
    return former;
  }

  /// Opens what changed since the day that is looked at, or since the last one.
  void whatChanged() {
    context
        .navigator()
        .show(new Screen.Changes(former.chosenProperty().get().map(History.Day::readAt)));
  }

  /// Reads the newest list, and shows it.
  void refresh() {
    former.look(Optional.empty());
    feed.refresh();
  }

  void invite() {
    if (commands.get().invite().possible()) {
      context.navigator().show(new Screen.Invite());
    }
  }

  void clearFilter() {
    search.set("");
    chip.set(RowChip.ALL);
  }

  void delete() {
    if (commands.get().delete().possible()) {
      selection.delete(name());
    }
  }

  void inviteAgain() {
    if (commands.get().again().possible()) {
      selection.inviteAgain(name());
    }
  }

  /// Does what the status of the selected row suggests.
  void takeNext() {
    Optional<NextStep> next = commands.get().next().filter(step -> step.command().possible());
    if (next.isEmpty()) {
      return;
    }
    switch (next.get().kind()) {
      case FIND_OUT -> {
        arrangement.detailsOpenProperty().set(true);
        details.findOut();
      }
      case CLEAR -> delete();
      case FINISH -> finish();
      case INVITE_AGAIN -> inviteAgain();
      case SHOW_NEW -> showNew(selection.rows().getFirst());
      case DECIDE -> context.navigator().show(new Screen.Runs());
    }
  }

  /// Has the invitation selected that took the place of this one.
  private void showNew(InvitationRow replaced) {
    Optional<InvitationId> made = replaced.entry().row().flatMap(RunRow::invitation);
    contents.all().stream()
        .filter(row -> row.entry().invitation().isPresent())
        .filter(row -> made.isEmpty() || row.entry().invitation().equals(made))
        .filter(row -> row.entry().username().equalsIgnoreCase(replaced.entry().username()))
        .findFirst()
        .ifPresentOrElse(
            row -> {
              clearFilter();
              wanted.set(Optional.of(row.key()));
            },
            () -> context.dialogs().tell(texts.get("details.next.none", replaced.person())));
  }

  void finish() {
    if (commands.get().finish().possible()) {
      selection.finish();
    }
  }

  /// Takes the newest deletion back while that is possible.
  void undo() {
    grace().ifPresent(selection::undo);
  }

  /// What can be done about the person who is selected alone.
  OnePerson onePerson() {
    return new OnePerson(context, organization, selection.rows());
  }

  void copy() {
    selection.copy(arrangement.layout().shownColumns(), now.get());
  }

  /// Does what a message or notice offers.
  void take(Situation.Step step) {
    switch (step) {
      case INVITE -> invite();
      case CLEAR_FILTER -> clearFilter();
      case TRY_AGAIN -> refresh();
      case WHAT_CHANGED -> whatChanged();
      case NEWEST -> former.look(Optional.empty());
      case USE_ZONE -> shown.flatMap(KeptList::zone).ifPresent(this::readTimesIn);
      case KEEP_ZONE -> shown.flatMap(KeptList::zone).ifPresent(this::declineZone);
      case COPY_FOR_ADMINISTRATOR ->
          context
              .dialogs()
              .copy(
                  texts.get(
                      "invitations.for.administrator",
                      session.account().orElse(texts.get("invitations.unknown")),
                      name(),
                      organization.value(),
                      session.connection().server().toString()));
    }
  }

  /// Lets time pass: to be called once a second.
  void tick() {
    feed.tick(context.clock().instant());
    Instant moment = moment();
    boolean countsSeconds = !heading.get().grace().isEmpty();
    boolean newMinute = moment.getEpochSecond() / 60 != now.get().getEpochSecond() / 60;
    if (countsSeconds || newMinute) {
      now.set(moment);
      update();
      details.tick();
    }
  }

  @Override
  public void close() {
    feed.close();
    details.close();
    background.close();
  }

  private void selected(List<InvitationRow> rows) {
    commands.set(commands());
    details.show(rows);
  }

  private void filter() {
    contents.filter(RowFilter.of(chip.get(), search.get()));
  }

  private void update() {
    if (edition != feed.edition() + former.edition()) {
      edition = feed.edition() + former.edition();
      feed.kept().ifPresent(list -> former.offer(list.days()));
      shown = former.list().or(feed::kept);
      now.set(moment());
      shown.ifPresent(list -> contents.show(list.rows(), list.counts()));
    }
    heading.set(heading());
    situation.set(situation());
    commands.set(commands());
  }

  /// The moment that things are told for: a former list is told as it was then.
  private Instant moment() {
    return former.list().flatMap(KeptList::readAt).orElseGet(context.clock()::instant);
  }

  private Heading heading() {
    return new Heading(
        shown.map(list -> texts.get("invitations.title", list.name())).orElse(""),
        shown
            .flatMap(KeptList::parent)
            .map(parent -> texts.get("invitations.parent", parent))
            .orElse(""),
        shown
            .flatMap(KeptList::readAt)
            .filter(read -> former.list().isEmpty())
            .map(read -> texts.get("invitations.age", ages.ago(read, now.get())))
            .orElse(""),
        shown
            .flatMap(KeptList::step)
            .map(step ->
                texts.get(
                    "invitations.step-since",
                    Integer.signum(step.more()),
                    Math.abs(step.more()),
                    ages.moment(step.day().readAt(), now.get())))
            .orElse(""),
        grace()
            .map(grace ->
                texts.get(
                    "invitations.grace",
                    grace.rows(),
                    RowWords.seconds(now.get(), grace.leavesAt())))
            .orElse(""));
  }

  private Situation situation() {
    Optional<Problem> problem = feed.problem().filter(met -> !(met instanceof Problem.SignedOut));
    return Situation.of(
        new Situation.Facts(
            name(),
            shown.isPresent(),
            feed.reading().going(),
            session.state(),
            session.link(),
            session.rights(organization),
            problem,
            problem
                .map(met -> ProblemText.of(met, Optional.of(name()), texts).sentence())
                .orElse(""),
            shown.flatMap(KeptList::readAt).map(read -> ages.moment(read, now.get())),
            contents.all().size(),
            contents.shownProperty().get().size(),
            filterInWords(),
            shown.flatMap(KeptList::zone).map(InvitationsViewModel::inWords),
            former
                .list()
                .flatMap(KeptList::readAt)
                .map(read -> ages.moment(read, context.clock().instant()))),
        texts);
  }

  private Commands commands() {
    return Commands.of(
        new Commands.Facts(
            name(),
            session.state(),
            session.link().offline(),
            session.rights(organization),
            selection.rows(),
            contents.shownProperty().get().size(),
            contents.all().size(),
            !contents.filter().open(),
            session.connection().settings().readOnly(),
            former.list().isPresent()),
        texts);
  }

  private void readTimesIn(ZoneOffset zone) {
    inBackground(() -> context.workplace().invitations().readTimesIn(zone));
  }

  private void declineZone(ZoneOffset zone) {
    inBackground(() -> context.workplace().invitations().declineZone(zone));
  }

  private void inBackground(Runnable work) {
    background.run(
        () -> {
          work.run();
          return work;
        },
        done -> {});
  }

  /// For example UTC+5:30.
  private static String inWords(ZoneOffset zone) {
    int minutes = Math.abs(zone.getTotalSeconds() / 60);
    String sign = zone.getTotalSeconds() < 0 ? "-" : "+";
    String rest = minutes % 60 == 0 ? "" : ":" + minutes % 60;
    return "UTC" + sign + minutes / 60 + rest;
  }

  private String filterInWords() {
    String typed = search.get().strip();
    boolean all = chip.get() == RowChip.ALL;
    String chipText = texts.get(chip.get().key());
    if (typed.isEmpty()) {
      return chipText;
    }
    return all
        ? texts.get("invitations.filter.words", typed)
        : texts.get("invitations.filter.both", chipText, typed);
  }

  private Optional<Deletion.Grace> grace() {
    return shown.flatMap(KeptList::grace).filter(grace -> grace.leavesAt().isAfter(now.get()));
  }

  private String name() {
    return shown.map(KeptList::name).orElse("");
  }
}

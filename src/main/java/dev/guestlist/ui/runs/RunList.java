package dev.guestlist.ui.runs;

import dev.guestlist.model.Held;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Link;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Reads the runs and puts them into words. To be used in the background only: it reads the disk.
final class RunList {
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(90);
  private static final int OPENED_BY_ITSELF = 20;

  private final Workplace workplace;
  private final Texts texts;
  private final InstantSource clock;
  private final Ages ages;
  private final RunWords words;

  /// A run with its rows, which are read for opened runs only.
  record Entry(Card card, List<Person> rows) {}

  /// What is the matter with sending as a whole.
  enum Trouble {
    NONE,
    /// this computer's data folder cannot be written
    STOPPED,
    /// another program on this data folder sends
    WATCHES,
    OFFLINE,
    SIGNED_OUT
  }

  /// All of it at one moment.
  ///
  /// @param detail what the trouble's text needs: a moment
  record Snapshot(List<Entry> entries, Trouble trouble, String detail) {}

  RunList(Workplace workplace, Texts texts, InstantSource clock) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = new Ages(texts, ZoneId.systemDefault());
    this.words = new RunWords(texts);
  }

  /// @param opened the runs that are opened
  /// @param closed the runs that were closed by hand: others open by themselves when somebody has
  ///   to decide about their rows
  Snapshot read(Set<Long> opened, Set<Long> closed) {
    List<Entry> entries = new ArrayList<>();
    for (Run run : workplace.runs().all()) {
      boolean asksForRows =
          run.count(RowState.NEEDS_DECISION) > 0
              && run.size() <= OPENED_BY_ITSELF
              && !closed.contains(run.number());
      entries.add(entry(run, opened.contains(run.number()) || asksForRows));
    }
    entries.sort(Comparator.comparing(entry -> entry.card().section()));
    Link link = workplace.session().link();
    Trouble trouble = trouble(link);
    String detail = trouble == Trouble.OFFLINE ? ages.moment(link.since(), clock.instant()) : "";
    return new Snapshot(entries, trouble, detail);
  }

  private Trouble trouble(Link link) {
    if (workplace.worker().stoppedBy().isPresent()) {
      return Trouble.STOPPED;
    }
    if (!workplace.worker().sends()) {
      return Trouble.WATCHES;
    }
    if (link.offline()) {
      return Trouble.OFFLINE;
    }
    return workplace.session().account().isEmpty() ? Trouble.SIGNED_OUT : Trouble.NONE;
  }

  private Entry entry(Run run, boolean open) {
    String organization = run.organization().map(workplace.organizations()::name).orElse("");
    Optional<Duration> grace = grace(run);
    Section section = section(run, grace.isPresent());
    String why =
        grace
            .map(left -> texts.get("runs.why.grace", Math.max(1, left.toSeconds() + 1)))
            .orElseGet(() -> why(run, section, organization));
    Card card =
        new Card(
            run.number(),
            section,
            words.title(run, organization),
            about(run),
            words.counts(run),
            why,
            section == Section.RUNNING ? progress(run) : OptionalDouble.empty(),
            offers(run, grace.isPresent()),
            open,
            grace.isPresent());
    return new Entry(card, open ? people(run) : List.of());
  }

  private static OptionalDouble progress(Run run) {
    long settled =
        run.counts().entrySet().stream()
            .filter(count -> count.getKey().settled())
            .mapToLong(count -> count.getValue())
            .sum();
    return OptionalDouble.of((double) settled / run.size());
  }

  /// How long a run still can be taken back; empty when it cannot.
  private Optional<Duration> grace(Run run) {
    Instant now = clock.instant();
    boolean notBegun =
        run.phase() == Run.Phase.ACTIVE
            && run.count(RowState.READY) == run.size()
            && now.isBefore(run.posted().plus(LONGEST_GRACE));
    if (!notBegun) {
      return Optional.empty();
    }
    return workplace.runs().rows(run.number()).stream()
        .findFirst()
        .map(row -> Duration.between(now, row.notBefore()))
        .filter(left -> left.isPositive());
  }

  private Section section(Run run, boolean grace) {
    if (run.count(RowState.NEEDS_DECISION) > 0) {
      return Section.DECISION;
    }
    if (run.done()) {
      return Section.DONE;
    }
    boolean onItsWay = run.count(RowState.SENDING) > 0 || run.count(RowState.UNKNOWN) > 0;
    return switch (run.phase()) {
      case ASKS, HELD -> Section.DECISION;
      case ACTIVE ->
          grace || (!onItsWay && !workplace.session().ready()) ? Section.WAITING : Section.RUNNING;
      case PAUSED, STOPPED -> Section.RUNNING;
    };
  }

  private String why(Run run, Section section, String organization) {
    if (run.done()) {
      return "";
    }
    return switch (run.phase()) {
      case ASKS, HELD -> words.why(Held.parse(run.why()), organization);
      case STOPPED -> texts.get("runs.why.stopping");
      case PAUSED -> "";
      case ACTIVE ->
          section == Section.WAITING
              ? texts.get(
                  workplace.session().account().isEmpty()
                      ? "runs.why.signed-out"
                      : "runs.why.offline")
              : "";
    };
  }

  private String about(Run run) {
    String when = ages.moment(run.posted(), clock.instant());
    String by =
        run.account().isBlank()
            ? texts.get("runs.about.nobody", when)
            : texts.get("runs.about", when, run.account());
    return run.ticket().isBlank() ? by : texts.get("runs.about.ticket", by, run.ticket());
  }

  private List<Offer> offers(Run run, boolean grace) {
    if (run.done()) {
      return List.of();
    }
    int toGo = run.count(RowState.READY);
    return switch (run.phase()) {
      case ASKS ->
          Held.parse(run.why()).kind() == Held.Kind.OTHER_ACCOUNT
              ? List.of(offer(Action.DROP, "runs.drop", toGo))
              : List.of(
                  offer(Action.SEND, "runs.send", toGo), offer(Action.DROP, "runs.drop", toGo));
      case HELD, PAUSED ->
          List.of(offer(Action.GO_ON, "runs.go-on", toGo), offer(Action.STOP, "runs.stop", toGo));
      case ACTIVE -> {
        if (grace) {
          yield List.of(offer(Action.UNDO, "runs.undo", toGo));
        }
        if (toGo == 0) {
          yield List.of();
        }
        yield run.count(RowState.SENDING) > 0
            ? List.of(offer(Action.STOP, "runs.stop-after", toGo))
            : List.of(offer(Action.DROP, "runs.drop", toGo));
      }
      case STOPPED -> List.of();
    };
  }

  private List<Person> people(Run run) {
    List<Person> people = new ArrayList<>();
    for (RunRow row : workplace.runs().rows(run.number())) {
      people.add(person(run, row));
    }
    people.sort(Comparator.comparing(it -> it.row().state() != RowState.NEEDS_DECISION));
    return people;
  }

  private Person person(Run run, RunRow row) {
    StatusText word = words.word(row.state(), run.wish());
    Optional<String> code = code(run, row);
    List<Offer> offers = new ArrayList<>();
    if (row.state() == RowState.NEEDS_DECISION) {
      offers.add(offer(Action.TRY_AGAIN, "runs.try-again", 1));
      offers.add(offer(Action.DROP_ROW, "runs.drop-row", 1));
    }
    if (code.isPresent()) {
      offers.add(offer(Action.COPY_CODE, "runs.copy-code", 1));
    }
    return new Person(
        row,
        row.target().name(),
        word.glyph(),
        word.word(),
        word.style(),
        RowText.of(row, names(run, row), texts).line(),
        code,
        offers);
  }

  private RowText.Names names(Run run, RunRow row) {
    Optional<OrganizationId> organization =
        row.target() instanceof Target.Code code ? code.organization() : run.organization();
    Optional<OrganizationId> parent =
        organization.flatMap(workplace.organizations()::find).flatMap(one -> one.parent());
    return new RowText.Names(
        organization.map(workplace.organizations()::name).orElse(""),
        parent.map(workplace.organizations()::name).orElse(""));
  }

  /// The masked code of a row that invited somebody without the server's mail.
  private Optional<String> code(Run run, RunRow row) {
    boolean mayHaveOne =
        run.wish() instanceof Wish.Invite invite
            && !invite.serverMails()
            && row.state() == RowState.INVITED;
    return mayHaveOne
        ? workplace.runs().code(row.id()).map(code -> code.toString())
        : Optional.empty();
  }

  private Offer offer(Action action, String key, int count) {
    return new Offer(action, texts.get(key, count));
  }
}

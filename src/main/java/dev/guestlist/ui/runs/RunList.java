package dev.guestlist.ui.runs;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.SendingProgram;
import dev.guestlist.model.Target;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Conflict;
import dev.guestlist.service.Link;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.ConflictCards.Handling;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Words;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the runs and puts them into words. Rows are read of opened runs only, and kept while
/// nothing of their run changes. To be used in the background only, by one thread at a time.
final class RunList {
  /// a run that is not opened shows as many of those that wait for a decision
  static final int SHOWN_UNOPENED = 20;

  private final Workplace workplace;
  private final Texts texts;
  private final Ages ages;
  private final InstantSource clock;
  private final RunWords words;
  private final RunCards cards;
  private final ConflictCards decisions;
  private final Map<Long, Kept> kept = new HashMap<>();

  /// names as they were when the runs were read last
  private final Map<Optional<OrganizationId>, RowText.Names> names = new HashMap<>();

  private record Kept(Run run, List<Person> rows) {}

  /// A run with its rows, which are read for opened runs only, and with those that wait for a
  /// decision.
  ///
  /// @param decisions those that are shown
  /// @param undecided how many there are
  record Entry(Run run, Card card, List<Decide> decisions, int undecided, List<Person> rows) {}

  /// What is the matter with sending as a whole.
  enum Trouble {
    NONE,
    /// this computer's data folder cannot be written
    STOPPED,
    /// another program on this data folder sends
    WATCHES,
    OFFLINE,
    /// somebody chose to work offline
    WORKS_OFFLINE,
    SIGNED_OUT
  }

  /// All of it at one moment.
  ///
  /// @param clear runs that ask before they leave, were compared, and may leave
  /// @param account who is signed in; blank when nobody is
  /// @param detail what the trouble's text needs: a moment, or who sends
  record Snapshot(
      List<Entry> entries,
      List<Conflict> conflicts,
      List<Run> clear,
      List<Runs.OthersWaiting> others,
      String account,
      Trouble trouble,
      String detail) {}

  /// What somebody did with the screen.
  ///
  /// @param opened the runs that are opened
  /// @param mayWait runs that are held and may wait
  /// @param handled what was done with cards without deciding, by row
  record Wanted(Set<Long> opened, Set<Long> mayWait, Map<Long, Handling> handled) {
    Wanted {
      handled = Map.copyOf(handled);
      opened = Set.copyOf(opened);
      mayWait = Set.copyOf(mayWait);
    }
  }

  RunList(Workplace workplace, Texts texts, InstantSource clock, Ages ages) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = ages;
    this.words = new RunWords(texts);
    this.cards = new RunCards(workplace, texts, clock, ages, words);
    this.decisions = new ConflictCards(workplace, texts, clock, ages);
  }

  Snapshot read(Wanted wanted) {
    names.clear();
    List<Conflict> conflicts = workplace.conflicts().open();
    Map<Long, List<Conflict>> byRun = new HashMap<>();
    for (Conflict conflict : conflicts) {
      byRun.computeIfAbsent(conflict.row().run(), run -> new ArrayList<>()).add(conflict);
    }
    List<Entry> entries = new ArrayList<>();
    List<Run> clear = new ArrayList<>();
    for (Run run : workplace.runs().all()) {
      boolean open = wanted.opened().contains(run.number());
      List<Conflict> undecided = byRun.getOrDefault(run.number(), List.of());
      entries.add(
          new Entry(
              run,
              cards.of(run, open, wanted.mayWait().contains(run.number())),
              undecided.stream()
                  .limit(open ? undecided.size() : SHOWN_UNOPENED)
                  .map(one -> decide(one, conflicts, wanted))
                  .toList(),
              undecided.size(),
              open ? people(run) : List.of()));
      if (cards.clear(run)) {
        clear.add(run);
      }
    }
    kept.keySet().retainAll(wanted.opened());
    entries.sort(Comparator.comparing(entry -> entry.card().section()));
    Link link = workplace.session().link();
    Trouble trouble = trouble(link);
    String detail =
        switch (trouble) {
          case OFFLINE, WORKS_OFFLINE -> ages.moment(link.since(), clock.instant());
          case WATCHES -> workplace.worker().holder().map(this::whoSends).orElse("");
          case NONE, STOPPED, SIGNED_OUT -> "";
        };
    return new Snapshot(
        entries,
        conflicts,
        clear,
        workplace.runs().othersWaiting(),
        workplace.session().account().orElse(""),
        trouble,
        detail);
  }

  /// Who sends, and what that means for what waits here.
  private String whoSends(SendingProgram it) {
    String since = ages.moment(it.since(), clock.instant());
    String who =
        it.computer().isBlank()
            ? texts.get("runs.band.watches.who", it.process(), it.user(), since)
            : texts.get("runs.band.watches.who.on", it.process(), it.computer(), it.user(), since);
    boolean elsewhere =
        !it.connection().isBlank()
            && !it.connection().equals(workplace.session().connection().name());
    return elsewhere
        ? texts.get("runs.band.watches.elsewhere", who, it.connection())
        : texts.get("runs.band.watches.by", who);
  }

  private Decide decide(Conflict one, List<Conflict> all, Wanted wanted) {
    int alike = (int) all.stream().filter(one::alike).count();
    return decisions.of(
        one, alike, all.size() > 1, wanted.handled().getOrDefault(one.row().id(), Handling.NONE));
  }

  /// The words of the cards, for what is asked about one of them.
  ConflictCards decisions() {
    return decisions;
  }

  private Trouble trouble(Link link) {
    if (workplace.worker().stoppedBy().isPresent()) {
      return Trouble.STOPPED;
    }
    if (!workplace.worker().sends()) {
      return Trouble.WATCHES;
    }
    if (link.offline()) {
      return link.chosen() ? Trouble.WORKS_OFFLINE : Trouble.OFFLINE;
    }
    return workplace.session().account().isEmpty() ? Trouble.SIGNED_OUT : Trouble.NONE;
  }

  /// The rows of a run; those that did not change are the same objects as before.
  private List<Person> people(Run run) {
    Kept before = kept.get(run.number());
    if (before != null && before.run().equals(run)) {
      return before.rows();
    }
    Map<Long, Person> known = new HashMap<>();
    if (before != null) {
      before.rows().forEach(person -> known.put(person.row().id(), person));
    }
    List<Person> people = new ArrayList<>();
    for (RunRow row : workplace.runs().rows(run.number())) {
      Person same = known.get(row.id());
      people.add(same != null && same.row().equals(row) ? same : person(run, row));
    }
    kept.put(run.number(), new Kept(run, List.copyOf(people)));
    return people;
  }

  private Person person(Run run, RunRow row) {
    Optional<String> code = code(run, row);
    RowText.Names names = names(run, row);
    return new Person(row, code.isPresent(), () -> words(run, row, code, names));
  }

  private Words words(Run run, RunRow row, Optional<String> code, RowText.Names names) {
    StatusText word = words.word(row.state(), run.wish());
    List<Offer> offers = new ArrayList<>();
    if (code.isPresent()) {
      offers.add(Offer.of(Action.COPY_CODE, texts.get("runs.copy-code")));
    }
    if (!row.serverText().isBlank()) {
      offers.add(Offer.of(Action.COPY_DETAILS, texts.get("runs.copy-details")));
    }
    return new Words(
        word.glyph(),
        word.word(),
        word.style(),
        RowText.of(row, names, texts).line(),
        row.serverText(),
        code,
        offers);
  }

  private RowText.Names names(Run run, RunRow row) {
    Optional<OrganizationId> organization =
        row.target() instanceof Target.Code code ? code.organization() : run.organization();
    return names.computeIfAbsent(organization, this::names);
  }

  private RowText.Names names(Optional<OrganizationId> organization) {
    Optional<OrganizationId> parent =
        organization.flatMap(workplace.organizations()::find).flatMap(one -> one.parent());
    return new RowText.Names(
        organization.map(workplace.organizations()::name).orElse(""),
        parent.map(workplace.organizations()::name).orElse(""));
  }

  /// The masked code of a row that invited somebody without the server's mail.
  private Optional<String> code(Run run, RunRow row) {
    boolean asked =
        switch (run.wish()) {
          case Wish.Invite invite -> !invite.serverMails();
          case Wish.InviteAgain again -> !again.serverMails();
          case Wish.Delete ignored -> false;
          case Wish.Accept ignored -> false;
        };
    return asked && row.state() == RowState.INVITED
        ? workplace.runs().code(row.id()).map(code -> code.toString())
        : Optional.empty();
  }
}

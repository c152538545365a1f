package dev.guestlist.ui.runs;

import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Person;
import dev.guestlist.ui.runs.RunLine.Section;
import dev.guestlist.ui.runs.RunList.Entry;
import dev.guestlist.ui.runs.RunList.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Arranges what was read into the lines of the screen, narrowed down to what somebody looks for.
final class LineList {
  private final Texts texts;
  private final RunWords words;

  /// What somebody looks for.
  ///
  /// @param text words that a run or a row must contain
  /// @param only outcomes that rows are narrowed down to, by run
  /// @param withCodes runs whose report is to contain codes
  /// @param keptFor accounts whose items may wait
  record Narrowing(
      String text, Map<Long, RowState> only, Set<Long> withCodes, Set<String> keptFor) {
    List<String> words() {
      return List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }
  }

  LineList(Texts texts) {
    this.texts = texts;
    this.words = new RunWords(texts);
  }

  List<RunLine> of(Snapshot it, Narrowing narrowing) {
    List<String> searched = narrowing.words();
    List<RunLine> lines = new ArrayList<>();
    overview(it).ifPresent(lines::add);
    for (Runs.OthersWaiting others : it.others()) {
      if (!narrowing.keptFor().contains(others.account())) {
        lines.add(others(others, it.account()));
      }
    }
    for (Section section : Section.values()) {
      List<RunLine> ofSection = new ArrayList<>();
      int runs = 0;
      for (Entry entry : it.entries()) {
        if (entry.card().section() == section && add(entry, narrowing, searched, ofSection)) {
          runs++;
        }
      }
      if (runs > 0) {
        lines.add(new RunLine.Heading(section, heading(section, runs)));
        lines.addAll(ofSection);
      }
    }
    return lines;
  }

  private boolean add(
      Entry entry, Narrowing narrowing, List<String> searched, List<RunLine> lines) {
    Card card = entry.card();
    String inRun =
        String.join(
                "\n",
                texts.get("runs.number", card.number()),
                card.title(),
                card.about(),
                card.counts())
            .toLowerCase(Locale.ROOT);
    boolean fits = searched.stream().allMatch(inRun::contains);
    List<Person> rows = rows(entry, fits ? List.of() : searched, inRun, narrowing);
    List<RunLine.Decide> decisions =
        entry.decisions().stream()
            .filter(one -> fits || contains(inRun + "\n" + one.title(), searched))
            .toList();
    if (!fits && rows.isEmpty() && decisions.isEmpty()) {
      return false;
    }
    lines.add(card);
    lines.addAll(decisions);
    if (entry.undecided() > entry.decisions().size()) {
      lines.add(more(entry));
    }
    if (card.open()) {
      lines.add(outcomes(entry, narrowing));
      lines.addAll(rows);
    }
    return true;
  }

  private static List<Person> rows(
      Entry entry, List<String> searched, String inRun, Narrowing narrowing) {
    Optional<RowState> only = Optional.ofNullable(narrowing.only().get(entry.run().number()));
    return entry.rows().stream()
        .filter(person -> person.row().state() != RowState.NEEDS_DECISION)
        .filter(person -> only.isEmpty() || only.get() == person.row().state())
        .filter(person -> searched.isEmpty() || contains(inRun + "\n" + person.name(), searched))
        .toList();
  }

  private static boolean contains(String text, List<String> searched) {
    String low = text.toLowerCase(Locale.ROOT);
    return searched.stream().allMatch(low::contains);
  }

  private RunLine more(Entry entry) {
    return new RunLine.More(
        entry.run().number(),
        texts.get("runs.more", entry.undecided() - entry.decisions().size()),
        List.of(Offer.of(Action.SHOW_ALL, texts.get("runs.show-all", entry.undecided()))));
  }

  private RunLine outcomes(Entry entry, Narrowing narrowing) {
    Run run = entry.run();
    Optional<RowState> only = Optional.ofNullable(narrowing.only().get(run.number()));
    List<Offer> chips = new ArrayList<>();
    chips.add(
        Offer.narrowing(Optional.empty(), texts.get("runs.chip.all", run.size()), only.isEmpty()));
    for (RowState state : RowState.values()) {
      if (run.count(state) > 0 && state != RowState.NEEDS_DECISION) {
        chips.add(
            Offer.narrowing(
                Optional.of(state),
                texts.get("runs.chip", words.word(state, run.wish()).word(), run.count(state)),
                only.equals(Optional.of(state))));
      }
    }
    List<Offer> offers = new ArrayList<>();
    offers.add(Offer.of(Action.SUMMARY, texts.get("runs.summary")));
    offers.add(Offer.of(Action.REPORT_CSV, texts.get("runs.report-csv")));
    offers.add(Offer.of(Action.REPORT_JSON, texts.get("runs.report-json")));
    if (entry.rows().stream().anyMatch(Person::hasCode)) {
      offers.add(
          Offer.switching(
              Action.WITH_CODES,
              texts.get("runs.with-codes"),
              narrowing.withCodes().contains(run.number())));
    }
    return new RunLine.Outcomes(run.number(), chips, offers);
  }

  /// "Of 40 waiting items 33 are clear, 7 need you." What is not compared yet and what others asked
  /// for is named too, so that the numbers come to the first one.
  private Optional<RunLine> overview(Snapshot it) {
    int clear = it.clear().stream().mapToInt(run -> run.count(RowState.READY)).sum();
    int undecided = it.conflicts().size();
    int others = it.others().stream().mapToInt(Runs.OthersWaiting::rows).sum();
    int toCompare =
        it.entries().stream()
            .map(Entry::run)
            .filter(run -> run.phase() == Run.Phase.ASKS && !it.clear().contains(run))
            .filter(run -> run.account().isBlank() || run.account().equals(it.account()))
            .mapToInt(run -> run.count(RowState.READY))
            .sum();
    boolean much = clear + undecided > 1 && (undecided > 0 || it.clear().size() > 1);
    if (clear == 0 || !much) {
      return Optional.empty();
    }
    String text =
        texts.get("runs.overview", clear + undecided + toCompare + others, clear, undecided);
    if (toCompare > 0) {
      text = texts.get("runs.two-sentences", text, texts.get("runs.overview.rest", toCompare));
    }
    for (Runs.OthersWaiting other : it.others()) {
      text =
          texts.get(
              "runs.two-sentences",
              text,
              texts.get("runs.overview.others", other.rows(), other.account()));
    }
    List<Offer> offers = new ArrayList<>();
    offers.add(Offer.of(Action.LOOK_AT_ALL, texts.get("runs.look-at-all")));
    offers.add(Offer.of(Action.SEND_CLEAR, texts.get("runs.send-clear", clear)));
    return Optional.of(new RunLine.Overview(text, offers));
  }

  private RunLine others(Runs.OthersWaiting others, String me) {
    return new RunLine.Others(
        others.account(),
        texts.get("runs.others", others.rows(), others.account(), others.runs().size()),
        List.of(
            Offer.of(Action.KEEP, texts.get("runs.others.keep", others.account())),
            Offer.of(Action.SEND_AS_ME, texts.get("runs.others.send", others.rows(), me)),
            Offer.of(Action.DISCARD_OTHERS, texts.get("runs.discard", others.rows()))));
  }

  private String heading(Section section, int count) {
    return switch (section) {
      case DECISION -> texts.get("runs.section.decision", count);
      case WAITING -> texts.get("runs.section.waiting", count);
      case RUNNING -> texts.get("runs.section.running", count);
      case DONE -> texts.get("runs.section.done", count);
    };
  }
}

package dev.guestlist.ui.runs;

import dev.guestlist.model.Decision;
import dev.guestlist.model.RowState;
import dev.guestlist.model.RunRow;
import dev.guestlist.service.Conflict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One line of the runs screen: a heading, a run, what waits for a decision, or a row of an opened
/// run. All but the rows, of which there may be thousands, are ready to be shown.
public sealed interface RunLine {

  /// Where a run stands, in the order of the screen.
  enum Section {
    DECISION,
    WAITING,
    RUNNING,
    DONE
  }

  /// What can be done about a run, a row, or all of them.
  enum Action {
    SEND,
    GO_ON,
    PAUSE,
    STOP,
    STOP_LOOKING,
    DROP,
    UNDO,
    SIGN_IN,
    SIGN_IN_OTHER,
    KEEP,
    WITHOUT_LOOKING,
    COMPARE,
    ASK_FIRST,
    BY_ITSELF,
    PICK_UP,
    RETRY,
    TAKE_BACK,
    SUMMARY,
    REPORT_CSV,
    REPORT_JSON,
    WITH_CODES,
    DECIDE,
    FOR_ALL,
    LATER,
    CHOOSE,
    INVITE_AGAIN,
    COPY_FOR_CALLER,
    WHY,
    COPY_CODE,
    COPY_DETAILS,
    NARROW,
    SHOW_ALL,
    SEND_CLEAR,
    LOOK_AT_ALL,
    SEND_AS_ME,
    DISCARD_OTHERS
  }

  /// An action with what its button says.
  ///
  /// @param decision what is decided; for [Action#DECIDE] only
  /// @param only the outcome to narrow down to; for [Action#NARROW] only, empty for all rows
  /// @param chosen whether that is so just now; for what can be switched
  record Offer(
      Action action,
      String label,
      Optional<Decision> decision,
      Optional<RowState> only,
      boolean chosen) {

    static Offer of(Action action, String label) {
      return new Offer(action, label, Optional.empty(), Optional.empty(), false);
    }

    static Offer deciding(Decision decision, String label) {
      return new Offer(Action.DECIDE, label, Optional.of(decision), Optional.empty(), false);
    }

    static Offer switching(Action action, String label, boolean chosen) {
      return new Offer(action, label, Optional.empty(), Optional.empty(), chosen);
    }

    static Offer narrowing(Optional<RowState> only, String label, boolean chosen) {
      return new Offer(Action.NARROW, label, Optional.empty(), only, chosen);
    }
  }

  /// What the whole list comes to: how many items are clear, and how many need somebody.
  record Overview(String text, List<Offer> offers) implements RunLine {
    public Overview {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "overview";
    }
  }

  /// What waits here and another account asked for.
  record Others(String account, String text, List<Offer> offers) implements RunLine {
    public Others {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "others " + account;
    }
  }

  /// The beginning of a section.
  record Heading(Section section, String text) implements RunLine {
    @Override
    public String key() {
      return "section " + section;
    }
  }

  /// A run.
  ///
  /// @param about when and by whom it was posted, and its ticket
  /// @param counts its outcomes in numbers
  /// @param why why it waits, and what happens next; blank when there is nothing to say
  /// @param pace how far it is, how fast it goes, and what slows it down; blank when it is not on
  ///   its way
  /// @param progress how much of it is settled, from 0 to 1; empty when it is not on its way
  record Card(
      long number,
      Section section,
      String title,
      String about,
      String counts,
      String why,
      String pace,
      OptionalDouble progress,
      List<Offer> offers,
      boolean open,
      boolean leavesSoon)
      implements RunLine {
    public Card {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "run " + number;
    }
  }

  /// One side of what somebody has to decide about.
  ///
  /// @param heading whose side, and as of when
  record Side(String heading, List<String> facts) {
    public Side {
      facts = List.copyOf(facts);
    }
  }

  /// A row that waits for a decision.
  ///
  /// @param title what was wanted
  /// @param about when and by whom
  /// @param note what stands against it, in a sentence
  /// @param alike how many rows there are like this, itself included
  /// @param forAll whether a decision goes for all of them
  /// @param folded whether somebody wants to decide later
  /// @param evidence what this computer knows about it; blank unless it was asked for
  /// @param edit what is being changed; empty when nothing is
  /// @param offers the safest first
  record Decide(
      Conflict conflict,
      String title,
      String about,
      String note,
      Side then,
      Side now,
      int alike,
      boolean forAll,
      boolean folded,
      String evidence,
      Optional<ConflictEdit> edit,
      List<Offer> offers)
      implements RunLine {
    public Decide {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "row " + conflict.row().id();
    }
  }

  /// There are more rows that wait for a decision than are shown.
  record More(long number, String text, List<Offer> offers) implements RunLine {
    public More {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "more " + number;
    }
  }

  /// What narrows the rows of an opened run down, and what can be done with its result.
  ///
  /// @param chips one for all rows and one for every outcome that is there
  record Outcomes(long number, List<Offer> chips, List<Offer> offers) implements RunLine {
    public Outcomes {
      chips = List.copyOf(chips);
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "outcomes " + number;
    }
  }

  /// A row in words.
  ///
  /// @param style the style class of the badge's colour
  /// @param sentence what became of it, and the next step
  /// @param details the server's code and words; blank when there are none
  /// @param code its code, masked, when it has one here
  record Words(
      String glyph,
      String word,
      String style,
      String sentence,
      String details,
      Optional<String> code,
      List<Offer> offers) {
    public Words {
      offers = List.copyOf(offers);
    }
  }

  /// A row of an opened run. It is put into words when it comes into view.
  final class Person implements RunLine {
    private final RunRow row;
    private final boolean hasCode;
    private final Supplier<Words> source;
    private Optional<Words> words = Optional.empty();

    Person(RunRow row, boolean hasCode, Supplier<Words> source) {
      this.row = row;
      this.hasCode = hasCode;
      this.source = source;
    }

    public RunRow row() {
      return row;
    }

    /// Whether it was put into words already.
    boolean isWorded() {
      return words.isPresent();
    }

    boolean hasCode() {
      return hasCode;
    }

    public String name() {
      return row.target().name();
    }

    /// To be called on one thread only.
    public Words words() {
      if (words.isEmpty()) {
        words = Optional.of(source.get());
      }
      return words.get();
    }

    @Override
    public String key() {
      return "row " + row.id();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Person it && row.equals(it.row) && hasCode == it.hasCode;
    }

    @Override
    public int hashCode() {
      return row.hashCode();
    }

    @Override
    public String toString() {
      return "Person[" + row.id() + ", " + name() + "]";
    }
  }

  /// The same for the same line after reading again; for keeping the selection.
  String key();

  /// The offers of the line.
  default List<Offer> choices() {
    return switch (this) {
      case Heading ignored -> List.of();
      case Overview overview -> overview.offers();
      case Others others -> others.offers();
      case Card card -> card.offers();
      case Decide decide -> decide.offers();
      case More more -> more.offers();
      case Outcomes outcomes ->
          Stream.concat(outcomes.chips().stream(), outcomes.offers().stream()).toList();
      case Person person -> person.words().offers();
    };
  }
}

package dev.guestlist.ui.runs;

import dev.guestlist.model.RunRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One line of the runs screen, ready to be shown: a heading, a run, or a row of an opened run.
public sealed interface RunLine {

  /// Where a run stands, in the order of the screen.
  enum Section {
    DECISION,
    WAITING,
    RUNNING,
    DONE
  }

  /// What can be done about a run or a row.
  enum Action {
    SEND,
    GO_ON,
    STOP,
    DROP,
    UNDO,
    TRY_AGAIN,
    DROP_ROW,
    COPY_CODE
  }

  /// An action with what its button says.
  record Offer(Action action, String label) {}

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
  /// @param progress how much of it is settled, from 0 to 1; empty when it is not on its way
  record Card(
      long number,
      Section section,
      String title,
      String about,
      String counts,
      String why,
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

  /// A row of an opened run.
  ///
  /// @param style the style class of the badge's colour
  /// @param sentence what became of it, and the next step
  /// @param code its code, masked, when it has one here
  record Person(
      RunRow row,
      String name,
      String glyph,
      String word,
      String style,
      String sentence,
      Optional<String> code,
      List<Offer> offers)
      implements RunLine {
    public Person {
      offers = List.copyOf(offers);
    }

    @Override
    public String key() {
      return "row " + row.id();
    }
  }

  /// The same for the same line after reading again; for keeping the selection.
  String key();

  /// The offers of the line.
  default List<Offer> choices() {
    return switch (this) {
      case Heading ignored -> List.of();
      case Card card -> card.offers();
      case Person person -> person.offers();
    };
  }
}

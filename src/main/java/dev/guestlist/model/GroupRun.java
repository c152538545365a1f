package dev.guestlist.model;

import dev.guestlist.model.CodeReader.AlmostRead;
import dev.guestlist.model.CodeReader.Read;
import dev.guestlist.model.CodeReader.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The groups of digits around a code that is written in groups. A number beside it, of a ticket or
/// a year, has the form of a group too: then several codes can be read, and which of them is meant
/// is told by the separators and by the form of such ids, or not at all.
final class GroupRun {
  private static final int LETTERS = 32;
  private static final int MOST_GROUPS = 64;
  private static final int LONGEST_GAP = 40;
  private static final List<Integer> USUAL_LENGTHS = List.of(8, 4, 4, 4, 12);

  private final CodeReader reader;
  private final String text;
  private final Read first;
  private final List<Group> groups = new ArrayList<>();
  private boolean cut;

  private enum Separator {
    NONE,
    BLANK,
    TAB,
    DASH,
    BREAK
  }

  private record Group(int from, int end, int length, Separator before, boolean word) {}

  /// What stands between two groups, and where the next one begins.
  private record Gap(Separator separator, int end) {}

  /// Groups that make a code.
  private record Window(int begin, int end, Read read) {}

  /// @param first the code that can be read from the place where the run begins
  GroupRun(CodeReader reader, String text, Read first) {
    this.reader = reader;
    this.text = text;
    this.first = first;
    collect();
  }

  /// The code that is meant; empty when that cannot be told.
  Optional<Read> code() {
    List<Window> all = windows();
    if (all.size() < 2) {
      return Optional.of(first);
    }
    return only(all.stream().filter(this::setApart).toList())
        .or(() -> isList() ? Optional.of(all.getFirst()) : Optional.empty())
        .or(() -> only(all.stream().filter(one -> isRandomId(one.read().code())).toList()))
        .or(() -> only(all.stream().filter(one -> !atWord(one)).toList()))
        .map(Window::read);
  }

  /// All that the codes share that can be read here.
  AlmostRead asWritten() {
    int last = windows().getLast().end();
    StringBuilder written = new StringBuilder();
    for (Group group : groups.subList(0, last)) {
      written
          .append(
              switch (group.before()) {
                case NONE -> "";
                case BLANK, TAB, BREAK -> " ";
                case DASH -> "-";
              })
          .append(text, group.from(), group.end());
    }
    int letters = groups.subList(0, last).stream().mapToInt(Group::length).sum();
    return new AlmostRead(written.toString(), letters, groups.get(last - 1).end());
  }

  private static Optional<Window> only(List<Window> some) {
    return some.size() == 1 ? Optional.of(some.getFirst()) : Optional.empty();
  }

  /// All codes that share a group with the first.
  private List<Window> windows() {
    List<Window> all = new ArrayList<>();
    for (int begin = 0; begin < groups.size(); begin++) {
      if (groups.get(begin).from() >= first.end()) {
        break;
      }
      int length = 0;
      int end = begin;
      while (end < groups.size() && length < LETTERS) {
        length += groups.get(end).length();
        end++;
      }
      if (length == LETTERS) {
        int from = begin;
        int until = end;
        reader
            .reading(groups.get(begin).from(), false)
            .ifPresent(read -> all.add(new Window(from, until, read)));
      }
    }
    return all;
  }

  /// Whether it is written in one way and what stands beside it in another; or in the usual
  /// lengths.
  private boolean setApart(Window window) {
    List<Group> mine = groups.subList(window.begin(), window.end());
    if (mine.stream().map(Group::length).toList().equals(USUAL_LENGTHS)) {
      return true;
    }
    List<Separator> inside = mine.stream().skip(1).map(Group::before).distinct().toList();
    Separator after =
        window.end() < groups.size() ? groups.get(window.end()).before() : Separator.NONE;
    return inside.size() == 1
        && mine.getFirst().before() != inside.getFirst()
        && after != inside.getFirst();
  }

  /// Whether the groups are codes one after the other, and nothing else.
  private boolean isList() {
    int length = 0;
    for (Group group : groups) {
      length += group.length();
      if (length > LETTERS) {
        return false;
      }
      length %= LETTERS;
    }
    return cut || length == 0;
  }

  /// Whether it has the form of a random id, as servers make them.
  private static boolean isRandomId(String code) {
    return code.charAt(14) == '4' && "89ab".indexOf(code.charAt(19)) >= 0;
  }

  private boolean atWord(Window window) {
    return IntStream.of(window.begin(), window.end() - 1)
        .anyMatch(place -> groups.get(place).word());
  }

  /// Goes on behind the first code, to the end of its line; where it is broken itself, over the
  /// ends of lines, but over no empty one.
  private void collect() {
    Gap gap = new Gap(Separator.NONE, first.from());
    while (groups.size() < MOST_GROUPS) {
      Optional<Group> group = group(gap);
      if (group.isEmpty()) {
        return;
      }
      groups.add(group.get());
      gap = gap(group.get().end());
      boolean lineEnds = gap.separator() == Separator.BREAK && group.get().end() >= first.end();
      if (gap.separator() == Separator.NONE || (lineEnds && !first.broken())) {
        return;
      }
    }
    cut = true;
  }

  /// The group behind a gap; empty where a word stands there, or digits that make no group.
  private Optional<Group> group(Gap gap) {
    int at = gap.end();
    int end = at;
    int length = 0;
    boolean letters = true;
    boolean corrected = false;
    Symbol symbol = reader.symbol(at);
    while (length <= LETTERS && inGroup(symbol, length, at)) {
      if (symbol.kind() == Symbol.Kind.DIGIT) {
        length++;
        end = symbol.end();
        letters &= Character.isLetter(text.charAt(at));
        corrected |= symbol.corrected();
      }
      at = symbol.end();
      symbol = reader.symbol(at);
    }
    boolean word = (letters && corrected) || symbol.kind() == Symbol.Kind.LETTER;
    return word || length == 0 || length % 4 != 0
        ? Optional.empty()
        : Optional.of(new Group(gap.end(), end, length, gap.separator(), letters && length == 4));
  }

  /// The first code may be broken inside of a group.
  private boolean inGroup(Symbol symbol, int length, int at) {
    return switch (symbol.kind()) {
      case DIGIT -> true;
      case GLUE -> length > 0;
      case BREAK -> length % 4 != 0 && at < first.end();
      case LETTER, DASH, SPACE, OTHER, END -> false;
    };
  }

  private Gap gap(int from) {
    Separator strongest = Separator.NONE;
    int at = from;
    for (int step = 0; step < LONGEST_GAP; step++) {
      Symbol symbol = reader.symbol(at);
      Separator here = separator(symbol, at);
      boolean emptyLine = here == Separator.BREAK && strongest == Separator.BREAK;
      if (emptyLine) {
        return new Gap(Separator.NONE, at);
      }
      if (here == Separator.NONE && symbol.kind() != Symbol.Kind.GLUE) {
        return new Gap(strongest, at);
      }
      strongest = here.compareTo(strongest) > 0 ? here : strongest;
      at = symbol.end();
    }
    return new Gap(Separator.NONE, at);
  }

  private Separator separator(Symbol symbol, int at) {
    return switch (symbol.kind()) {
      case DASH -> Separator.DASH;
      case SPACE -> text.charAt(at) == '\t' ? Separator.TAB : Separator.BLANK;
      case BREAK -> Separator.BREAK;
      case DIGIT, LETTER, GLUE, OTHER, END -> Separator.NONE;
    };
  }
}

package dev.guestlist.model;

import dev.guestlist.model.PastedCodes.Repair;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads one code, or something like one, from a given place of a text. Looks at a bounded number
/// of characters, whatever the text.
final class CodeReader {
  private static final int LETTERS = 32;
  private static final int FEWEST = 28;
  private static final int MOST = 36;
  private static final int MOST_WITH_WORD = 60;
  private static final int MOST_DASHES = 8;
  private static final int MOST_SYMBOLS = 400;
  private static final int MOST_LIKE = 120;
  private static final int LONGEST_ENTITY = 9;
  private static final int MOST_BLANKS = 9;
  private static final long AFTER_EACH_FOUR = bits(4, 8, 12, 16, 20, 24, 28);
  private static final long AFTER_GROUPS = bits(8, 12, 16, 20);
  private static final String DASHES =
      "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uFE58\uFE63\uFF0D";
  private static final String INVISIBLE =
      "\u00AD\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060"
          + "\u2066\u2067\u2068\u2069\uFEFF";
  private static final int FULL_WIDTH = 0xFF01 - '!';

  private final String text;

  /// What stands at a place of the text.
  ///
  /// @param digit the lower-case hex digit, for `DIGIT` only
  /// @param corrected whether a look-alike letter was read as that digit
  /// @param end where the next symbol begins
  record Symbol(Kind kind, char digit, boolean corrected, int end) {
    enum Kind {
      DIGIT,
      LETTER,
      DASH,
      SPACE,
      BREAK,
      /// nothing for the reader: an invisible character, or a line end that a mail's encoding added
      GLUE,
      OTHER,
      END
    }
  }

  /// A code that was read.
  ///
  /// @param end the place after its last digit
  /// @param broken whether it goes over the end of a line
  /// @param whole whether its form tells where it begins and ends
  record Read(String code, Repair repair, int from, int end, boolean broken, boolean whole) {}

  /// Something like a code that was read.
  record AlmostRead(String text, int letters, int end) {}

  CodeReader(String text) {
    this.text = text;
  }

  /// The symbol at a place; encodings of mails and links are undone for what matters in a code.
  Symbol symbol(int at) {
    if (at >= text.length()) {
      return plain(Symbol.Kind.END, at);
    }
    char c = halfWidth(text.charAt(at));
    int value = c < 128 ? Character.digit(c, 16) : -1;
    if (value >= 0) {
      return new Symbol(Symbol.Kind.DIGIT, Character.forDigit(value, 16), false, at + 1);
    }
    return switch (c) {
      case 'O', 'o' -> new Symbol(Symbol.Kind.DIGIT, '0', true, at + 1);
      case 'l', 'I' -> new Symbol(Symbol.Kind.DIGIT, '1', true, at + 1);
      case '\n', '\r' -> lineBreak(at);
      case '=' -> afterEquals(at);
      case '%' -> afterPercent(at);
      case '&' -> entity(at);
      case '<' -> tag(at);
      default -> kind(c) == Symbol.Kind.SPACE ? space(at) : plain(kind(c), at + 1);
    };
  }

  /// Blanks at the end of a line belong to its end.
  private Symbol space(int at) {
    int end = at + 1;
    int limit = Math.min(text.length(), at + MOST_BLANKS);
    while (end < limit && kind(text.charAt(end)) == Symbol.Kind.SPACE) {
      end++;
    }
    return at(end, '\n') || at(end, '\r') ? lineBreak(end) : plain(Symbol.Kind.SPACE, at + 1);
  }

  private Symbol tag(int at) {
    if (text.startsWith("<wbr>", at)) {
      return plain(Symbol.Kind.GLUE, at + 5);
    }
    if (!text.regionMatches(true, at, "<br", 0, 3)) {
      return plain(Symbol.Kind.OTHER, at + 1);
    }
    int end = at + 3;
    int limit = Math.min(text.length(), at + 6);
    while (end < limit && (text.charAt(end) == ' ' || text.charAt(end) == '/')) {
      end++;
    }
    if (!at(end, '>')) {
      return plain(Symbol.Kind.OTHER, at + 1);
    }
    end++;
    boolean endsLine = at(end, '\n') || at(end, '\r');
    return endsLine ? lineBreak(end) : plain(Symbol.Kind.BREAK, end);
  }

  /// Reads a code that begins here, or behind a number that only looks like its first group; empty
  /// when there is none, or several could be meant.
  ///
  /// @param startsLine whether nothing but spaces stands before it in its line: then the spaces in
  ///   it may stand anywhere, if the line ends with it
  Optional<Read> code(int from, boolean startsLine) {
    return reading(from, startsLine)
        .flatMap(read -> read.whole() ? Optional.of(read) : new GroupRun(this, text, read).code());
  }

  /// Reads a code that begins here, whatever stands beside it.
  Optional<Read> reading(int from, boolean startsLine) {
    StringBuilder digits = new StringBuilder(LETTERS);
    Shape shape = new Shape();
    int at = from;
    for (int step = 0; step < MOST_SYMBOLS && digits.length() < LETTERS; step++) {
      Symbol symbol = symbol(at);
      switch (symbol.kind()) {
        case DIGIT -> shape.digit(digits, symbol, text.charAt(at));
        case DASH -> {
          if (digits.length() % 4 != 0) {
            return Optional.empty();
          }
          shape.dashes |= 1L << digits.length();
        }
        case SPACE -> {
          if (digits.length() % 4 != 0 && !startsLine) {
            return Optional.empty();
          }
          shape.spaces |= 1L << digits.length();
        }
        case BREAK -> {
          if (!shape.lineBreak(digits.length())) {
            return Optional.empty();
          }
        }
        case GLUE -> {}
        case LETTER, OTHER, END -> {
          return Optional.empty();
        }
      }
      at = symbol.end();
    }
    if (digits.length() < LETTERS || !endsAt(at)) {
      return Optional.empty();
    }
    boolean endsLine = endsLine(at);
    shape.endGroup();
    boolean fillsLine = startsLine && endsLine && shape.oneLine();
    if (!(shape.grouped() || fillsLine) || shape.oddTail(endsLine)) {
      return Optional.empty();
    }
    return Optional.of(
        new Read(
            canonical(digits.toString()),
            shape.repair(),
            from,
            at,
            shape.breaks != 0,
            fillsLine || shape.usual()));
  }

  /// Reads something like a code that begins here: a few letters short, long or wrong; or groups in
  /// which several codes can be read.
  Optional<AlmostRead> almost(int from, boolean startsLine) {
    return reading(from, startsLine)
        .map(read -> new GroupRun(this, text, read).asWritten())
        .or(() -> alike(from));
  }

  /// Reads a few letters short, long or wrong.
  Optional<AlmostRead> alike(int from) {
    Likeness likeness = new Likeness(from);
    int at = from;
    for (int step = 0; step < MOST_LIKE; step++) {
      Symbol symbol = symbol(at);
      if (!likeness.takes(symbol, at)) {
        break;
      }
      at = symbol.end();
    }
    return likeness.near() && !at(likeness.end, '@')
        ? Optional.of(new AlmostRead(likeness.text(), likeness.letters, likeness.end))
        : Optional.empty();
  }

  /// Counts what makes a text look like a code.
  private final class Likeness {
    private final StringBuilder seen = new StringBuilder();
    private int letters;
    private int wrong;
    private int figures;
    private int dashes;
    private int spaces;
    private int group;
    private int end;
    private boolean wordBehind;

    Likeness(int from) {
      end = from;
    }

    /// Takes the symbol in; false when what went before ends here.
    boolean takes(Symbol symbol, int at) {
      switch (symbol.kind()) {
        case DIGIT, LETTER -> {
          if (letters > (wordBehind ? MOST_WITH_WORD : MOST)) {
            return false;
          }
          letters++;
          group++;
          wordBehind |= letters == LETTERS + 1 && wrong == 0 && wholeBefore(symbol);
          wrong += symbol.kind() == Symbol.Kind.LETTER ? 1 : 0;
          figures += Character.isDigit(text.charAt(at)) ? 1 : 0;
          seen.append(text.charAt(at));
          end = symbol.end();
        }
        case DASH -> {
          if (spaces > 0 || dashes > MOST_DASHES) {
            return false;
          }
          dashes++;
          group = 0;
          seen.append('-');
        }
        case SPACE -> {
          boolean inGroups = group > 0 && group % 4 == 0 && dashes == 0 && figures > 0;
          if (!inGroups || !digitFollows(symbol)) {
            return false;
          }
          spaces++;
          group = 0;
          seen.append(' ');
        }
        case BREAK -> {
          if (dashes == 0 || letters >= FEWEST || !digitFollows(symbol)) {
            return false;
          }
        }
        case GLUE -> {}
        case OTHER, END -> {
          return false;
        }
      }
      return true;
    }

    /// Whether this letter stands right behind a whole code, as in `...4f1cRegards`.
    private boolean wholeBefore(Symbol symbol) {
      boolean shape = spaces == 0 && (dashes == 4 || dashes == 0);
      return symbol.kind() == Symbol.Kind.LETTER && shape && figures >= 4 && group > 1;
    }

    boolean near() {
      if (wordBehind) {
        return true;
      }
      boolean inOnePiece = dashes == 0 && spaces == 0;
      boolean dashed = dashes >= 3 && wrong <= 2;
      boolean unbroken = inOnePiece && wrong == 0 && letters >= 30 && letters <= 34;
      boolean oneWrong = inOnePiece && wrong == 1 && letters == LETTERS;
      boolean spaced = spaces >= 3 && wrong == 0;
      return letters >= FEWEST
          && letters <= MOST
          && figures >= 4
          && (dashed || unbroken || oneWrong || spaced);
    }

    String text() {
      int length = seen.length();
      while (length > 0 && !Character.isLetterOrDigit(seen.charAt(length - 1))) {
        length--;
      }
      return seen.substring(0, length);
    }

    private boolean digitFollows(Symbol symbol) {
      return symbol(symbol.end()).kind() == Symbol.Kind.DIGIT;
    }
  }

  /// The separators of a code, as bits: bit n stands for "after n digits".
  private static final class Shape {
    private long dashes;
    private long spaces;
    private long breaks;
    private int lastBreak;
    private boolean corrected;
    private boolean correctedAfterBreak;
    private boolean wordInside;
    private boolean groupOfLetters = true;
    private boolean groupCorrected;

    void digit(StringBuilder digits, Symbol symbol, char written) {
      int count = digits.length();
      if (count > 0 && ((dashes | spaces | breaks) & (1L << count)) != 0) {
        endGroup();
        groupOfLetters = true;
        groupCorrected = false;
      }
      groupOfLetters &= Character.isLetter(written);
      groupCorrected |= symbol.corrected();
      corrected |= symbol.corrected();
      correctedAfterBreak |= symbol.corrected() && lastBreak > 0;
      digits.append(symbol.digit());
    }

    /// Ends a group: one of letters only may be a word, as in "code 9b2e 77c1".
    void endGroup() {
      wordInside |= groupOfLetters && groupCorrected;
    }

    /// @return false when this is an empty line: nothing goes on after one
    boolean lineBreak(int count) {
      boolean second = (breaks & (1L << count)) != 0;
      breaks |= 1L << count;
      lastBreak = count;
      correctedAfterBreak = false;
      return !second && count > 0;
    }

    boolean grouped() {
      long separated = dashes | spaces;
      boolean inFours = (separated & ~AFTER_EACH_FOUR) == 0;
      boolean dashesFit = (dashes & ~AFTER_GROUPS) == 0 || separated == AFTER_EACH_FOUR;
      return inFours && dashesFit && !(spaces != 0 && wordInside);
    }

    /// Whether it stands in one piece, or with the dashes that such ids have.
    boolean usual() {
      long separated = dashes | spaces;
      return dashes == AFTER_GROUPS || separated == AFTER_GROUPS || (separated | breaks) == 0;
    }

    boolean oneLine() {
      return dashes == 0 && breaks == 0 && !wordInside;
    }

    /// A short word at the beginning of the next line does not complete a code.
    boolean oddTail(boolean endsLine) {
      boolean shortTail = breaks != 0 && LETTERS - lastBreak < 4;
      return shortTail && (correctedAfterBreak || !endsLine);
    }

    Repair repair() {
      if (corrected) {
        return Repair.LETTERS;
      }
      return breaks != 0 ? Repair.JOINED : Repair.NONE;
    }
  }

  /// Letters and digits as some Asian keyboards write them.
  private static char halfWidth(char c) {
    char half = (char) (c - FULL_WIDTH);
    return c > 0xFF00 && c < 0xFF5F && (Character.isLetterOrDigit(half) || half == '-') ? half : c;
  }

  /// The source of a web page: names and numbers of the characters that matter in a code.
  private Symbol entity(int at) {
    int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_ENTITY));
    if (end < 0) {
      return plain(Symbol.Kind.OTHER, at + 1);
    }
    String name = text.substring(at + 1, end);
    Symbol.Kind kind =
        switch (name) {
          case "nbsp", "ensp", "emsp", "thinsp" -> Symbol.Kind.SPACE;
          case "shy", "zwnj", "zwj" -> Symbol.Kind.GLUE;
          case "hyphen", "dash", "ndash", "mdash", "minus" -> Symbol.Kind.DASH;
          default -> numbered(name);
        };
    return plain(kind, kind == Symbol.Kind.OTHER ? at + 1 : end + 1);
  }

  /// What `#45` or `#x2d` stands for, where that is a separator.
  private static Symbol.Kind numbered(String name) {
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    String digits = name.startsWith("#") ? name.substring(hex ? 2 : 1) : "";
    if (!digits.matches(hex ? "[0-9A-Fa-f]{1,4}" : "[0-9]{1,4}")) {
      return Symbol.Kind.OTHER;
    }
    Symbol.Kind kind = kind((char) Integer.parseInt(digits, hex ? 16 : 10));
    return kind == Symbol.Kind.LETTER ? Symbol.Kind.OTHER : kind;
  }

  private Symbol lineBreak(int at) {
    int end = at + (text.startsWith("\r\n", at) ? 2 : 1);
    int limit = Math.min(text.length(), end + 40);
    while (end < limit && isMargin(text.charAt(end))) {
      end++;
    }
    return plain(Symbol.Kind.BREAK, end);
  }

  /// Indentation, and the marks that mail programs and tickets put before a quoted line.
  private static boolean isMargin(char c) {
    return c == '>' || c == '|' || kind(c) == Symbol.Kind.SPACE;
  }

  /// Quoted-printable: `=` at the end of a line is no line break, `=2D` is a dash.
  private Symbol afterEquals(int at) {
    int next = at + 1;
    int limit = Math.min(text.length(), next + 8);
    while (next < limit && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    if (at(next, '\n')) {
      return plain(Symbol.Kind.GLUE, next + 1);
    }
    if (at(next, '\r')) {
      return plain(Symbol.Kind.GLUE, next + (at(next + 1, '\n') ? 2 : 1));
    }
    return severalBytes(at, at + 1, "=").orElseGet(() -> escaped(at + 1, at));
  }

  /// Links: `%2D` is a dash; `%252D` is one in a link within a link.
  private Symbol afterPercent(int at) {
    int hex = at + 1;
    int limit = at + 9;
    while (hex < limit && text.startsWith("25", hex) && isHex(hex + 2) && isHex(hex + 3)) {
      hex += 2;
    }
    int first = hex;
    return severalBytes(at, first, text.substring(at, first)).orElseGet(() -> escaped(first, at));
  }

  /// A dash or a space that takes two or three bytes, each written as `=E2` or `%E2`.
  private Optional<Symbol> severalBytes(int at, int hex, String mark) {
    if (!isHex(hex) || !isHex(hex + 1)) {
      return Optional.empty();
    }
    int lead = Integer.parseInt(text, hex, hex + 2, 16);
    int count = lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 1;
    byte[] bytes = new byte[count];
    int place = at;
    for (int i = 0; i < count; i++) {
      int digits = place + mark.length();
      if (!text.startsWith(mark, place) || !isHex(digits) || !isHex(digits + 1)) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(text, digits, digits + 2, 16);
      place = digits + 2;
    }
    String one = new String(bytes, StandardCharsets.UTF_8);
    Symbol.Kind kind = count > 1 && one.length() == 1 ? kind(one.charAt(0)) : Symbol.Kind.OTHER;
    boolean counts = kind != Symbol.Kind.OTHER && kind != Symbol.Kind.LETTER;
    return counts ? Optional.of(plain(kind, place)) : Optional.empty();
  }

  private Symbol escaped(int hex, int at) {
    if (!isHex(hex) || !isHex(hex + 1)) {
      return plain(Symbol.Kind.OTHER, at + 1);
    }
    return switch (Integer.parseInt(text, hex, hex + 2, 16)) {
      case '-' -> plain(Symbol.Kind.DASH, hex + 2);
      case ' ', '\t' -> plain(Symbol.Kind.SPACE, hex + 2);
      case '=' -> plain(Symbol.Kind.OTHER, hex + 2);
      default -> plain(Symbol.Kind.OTHER, text.charAt(at) == '=' ? at + 1 : hex + 2);
    };
  }

  private static Symbol.Kind kind(char c) {
    if (Character.isLetterOrDigit(c)) {
      return Symbol.Kind.LETTER;
    }
    if (DASHES.indexOf(c) >= 0) {
      return Symbol.Kind.DASH;
    }
    if (INVISIBLE.indexOf(c) >= 0) {
      return Symbol.Kind.GLUE;
    }
    return c == '\t' || Character.isSpaceChar(c) ? Symbol.Kind.SPACE : Symbol.Kind.OTHER;
  }

  /// Whether a code may end here: no further letter or digit, and no address of a mail.
  private boolean endsAt(int at) {
    Symbol next = symbol(skipGlue(at));
    return switch (next.kind()) {
      case DIGIT, LETTER -> false;
      case OTHER -> !at(skipGlue(at), '@');
      case DASH, SPACE, BREAK, GLUE, END -> true;
    };
  }

  private boolean endsLine(int at) {
    Symbol next = symbol(skipGlue(at));
    for (int step = 0; step < 40 && next.kind() == Symbol.Kind.SPACE; step++) {
      next = symbol(next.end());
    }
    return next.kind() == Symbol.Kind.BREAK || next.kind() == Symbol.Kind.END;
  }

  private int skipGlue(int at) {
    int here = at;
    for (int step = 0; step < 8; step++) {
      Symbol symbol = symbol(here);
      if (symbol.kind() != Symbol.Kind.GLUE) {
        return here;
      }
      here = symbol.end();
    }
    return here;
  }

  private boolean isHex(int at) {
    return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
  }

  private boolean at(int place, char c) {
    return place < text.length() && text.charAt(place) == c;
  }

  private static Symbol plain(Symbol.Kind kind, int end) {
    return new Symbol(kind, ' ', false, end);
  }

  private static String canonical(String digits) {
    return String.join(
        "-",
        digits.substring(0, 8),
        digits.substring(8, 12),
        digits.substring(12, 16),
        digits.substring(16, 20),
        digits.substring(20));
  }

  private static long bits(int... counts) {
    long bits = 0;
    for (int count : counts) {
      bits |= 1L << count;
    }
    return bits;
  }
}

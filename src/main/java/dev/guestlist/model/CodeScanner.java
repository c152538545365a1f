package dev.guestlist.model;

import dev.guestlist.model.CodeReader.AlmostRead;
import dev.guestlist.model.CodeReader.Read;
import dev.guestlist.model.CodeReader.Symbol;
import dev.guestlist.model.PastedCodes.Almost;
import dev.guestlist.model.PastedCodes.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Walks once through a text and asks, wherever a word begins, whether a code begins there.
///
/// Links need care: the accept link names the organization before the code, as an id of the very
/// form of a code. In a link with a `code=` only that counts.
final class CodeScanner {
  private static final List<String> NAMES = List.of("code", "confirmationcode");
  private static final int SHOWN_OF_A_LINE = 60;
  private final String text;
  private final CodeReader reader;
  private final LinkReader links;
  private final MailHeaders headers;
  private final Map<ConfirmationCode, Found> codes = new LinkedHashMap<>();
  private final Set<ConfirmationCode> twice = new HashSet<>();
  private final List<Almost> almost = new ArrayList<>();
  private final BitSet usedLines = new BitSet();

  private int line;
  private boolean lineBegins = true;
  private boolean inWord;
  private int linkEnd;
  private boolean linkNamesCode;

  /// the hosts that the link names, by the place from which on they count
  private final NavigableMap<Integer, Optional<String>> hosts = new TreeMap<>();

  CodeScanner(String text) {
    this.text = text;
    this.reader = new CodeReader(text);
    this.links = new LinkReader(text, reader);
    this.headers = new MailHeaders(text);
  }

  PastedCodes scan() {
    int at = 0;
    while (at < text.length()) {
      at = step(at);
    }
    return result();
  }

  /// Looks at what stands here.
  ///
  /// @return the place to look at next, always further on
  private int step(int at) {
    if (lineBegins && headers.technical(at)) {
      return endOfLine(at);
    }
    if (!inWord && at >= linkEnd && startsLink(at)) {
      readLink(at);
    }
    Symbol symbol = reader.symbol(at);
    return switch (symbol.kind()) {
      case DIGIT -> inWord ? endOfWord(at) : codeOrWord(at);
      case LETTER -> endOfWord(at);
      case BREAK -> {
        inWord = false;
        lineBegins = true;
        countLines(at, symbol.end());
        yield symbol.end();
      }
      case GLUE -> {
        inWord &= !nameEndsAt(at);
        countLines(at, symbol.end());
        yield symbol.end();
      }
      case SPACE -> {
        inWord = false;
        yield equalsThenCode(at).orElse(symbol.end());
      }
      case DASH, OTHER, END -> {
        inWord = false;
        lineBegins &= text.charAt(at) == '>';
        yield equalsThenCode(at).orElse(symbol.end());
      }
    };
  }

  private int codeOrWord(int at) {
    if (!counts(at)) {
      return endOfWord(at);
    }
    Optional<Read> read = reader.code(at, lineBegins);
    if (read.isPresent()) {
      return take(at, read.get());
    }
    Optional<AlmostRead> like = reader.almost(at, lineBegins);
    if (like.isPresent() && !codeAfterEquals(at, like.get().end())) {
      almost.add(new Almost(like.get().text(), like.get().letters()));
      return used(at, like.get().end());
    }
    return endOfWord(at);
  }

  /// Whether a whole code begins after an equals sign in between: then `c=2d...` is not like one.
  private boolean codeAfterEquals(int from, int end) {
    for (int at = from; at < end; at++) {
      if (text.charAt(at) == '=' && codeRightAt(at + 1).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /// A link's `code=3d...` is not the encoding `=3D` of a mail, nor `code=20...` its `=20`, when a
  /// whole code begins there.
  private Optional<Integer> equalsThenCode(int at) {
    return text.charAt(at) == '='
        ? codeRightAt(at + 1).map(read -> take(at + 1, read))
        : Optional.empty();
  }

  private Optional<Read> codeRightAt(int at) {
    return counts(at) ? reader.code(at, false).filter(read -> read.from() == at) : Optional.empty();
  }

  private int take(int at, Read read) {
    if (read.from() > at) {
      skip(at, read.from());
    }
    ConfirmationCode code = ConfirmationCode.asGiven(read.code());
    Found found = new Found(code, hostAt(at), read.repair());
    Found former = codes.putIfAbsent(code, found);
    if (former != null) {
      twice.add(code);
      codes.replace(code, better(former, found));
    }
    return used(read.from(), read.end());
  }

  /// Passes over what stands before a code; it may be one that lacks its end.
  private void skip(int from, int end) {
    reader
        .alike(from)
        .filter(like -> like.end() <= end)
        .ifPresent(like -> {
          almost.add(new Almost(like.text(), like.letters()));
          usedLines.set(line);
        });
    countLines(from, end);
  }

  private Optional<String> hostAt(int at) {
    return at < linkEnd
        ? Optional.ofNullable(hosts.floorEntry(at)).flatMap(Map.Entry::getValue)
        : Optional.empty();
  }

  /// The same code twice: the first host counts, and the reading that needed least repair.
  private static Found better(Found one, Found two) {
    return new Found(
        one.code(),
        one.host().or(two::host),
        two.repair() == PastedCodes.Repair.NONE ? two.repair() : one.repair());
  }

  private int used(int from, int end) {
    usedLines.set(line);
    countLines(from, end);
    usedLines.set(line);
    inWord = true;
    lineBegins = false;
    return end;
  }

  private int endOfWord(int at) {
    int end = at;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    inWord = true;
    lineBegins = false;
    return Math.max(end, at + 1);
  }

  private int endOfLine(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    lineBegins = false;
    return Math.max(end, at + 1);
  }

  private void countLines(int from, int end) {
    for (int at = from; at < end; at++) {
      boolean secondHalf = text.charAt(at) == '\n' && at > 0 && text.charAt(at - 1) == '\r';
      if ((text.charAt(at) == '\n' && !secondHalf) || text.charAt(at) == '\r') {
        line++;
      }
    }
  }

  /// Whether a code may begin here, as far as links and a mail's own marks go.
  private boolean counts(int at) {
    if (at >= 2 && text.charAt(at - 1) == '_' && text.charAt(at - 2) == '=') {
      return false;
    }
    if (at >= linkEnd) {
      return true;
    }
    return linkNamesCode ? namesCode(at) : !text.startsWith("/o/", at - 3);
  }

  private boolean startsLink(int at) {
    return links.afterScheme(at).isPresent();
  }

  /// A link, or one inside of another one's parameter, and how many times it is encoded.
  private record Open(Optional<String> host, int depth) {}

  private void readLink(int at) {
    linkNamesCode = false;
    hosts.clear();
    Deque<Open> open = new ArrayDeque<>();
    int end = at;
    while (end < text.length() && !endsLink(text.charAt(end))) {
      char c = text.charAt(end);
      linkNamesCode |= (c == '=' || c == '%') && nameEndsAt(end);
      int here = end;
      links
          .afterScheme(here)
          .ifPresent(host -> {
            Open link = new Open(links.host(host), links.depth(here, host));
            open.removeIf(former -> former.depth() >= link.depth());
            open.push(link);
            hosts.put(host, link.host());
          });
      links.ampersand(here).ifPresent(depth -> closeInner(open, here, depth));
      Symbol symbol = reader.symbol(end);
      end = symbol.kind() == Symbol.Kind.GLUE ? symbol.end() : end + 1;
    }
    linkEnd = end;
  }

  /// The next parameter of a link begins here: links that stood encoded in the last one are over.
  private void closeInner(Deque<Open> open, int at, int depth) {
    while (open.size() > 1 && open.element().depth() > depth) {
      open.pop();
      hosts.put(at, open.element().host());
    }
  }

  private static boolean endsLink(char c) {
    return Character.isWhitespace(c) || c == '<' || c == '>' || c == '"' || c == '\'';
  }

  /// Whether `code=` stands right before this place, also as `code%3D` or `code=3D`.
  private boolean namesCode(int at) {
    int end = at;
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    if (end == 0) {
      return false;
    }
    boolean equals = text.charAt(end - 1) == '=';
    if (equals && nameEndsAt(end - 1)) {
      return true;
    }
    if (equals && end < at) {
      end--;
    }
    if (end < 3 || !text.regionMatches(true, end - 2, "3D", 0, 2)) {
      return false;
    }
    end -= 2;
    while (end > 2 && text.startsWith("25", end - 2)) {
      end -= 2;
    }
    char escape = text.charAt(end - 1);
    return (escape == '%' || escape == '=') && nameEndsAt(end - 1);
  }

  /// Whether a parameter named `code` ends here; `zipcode` is another one. A mail's encoding may
  /// have broken the name in two.
  private boolean nameEndsAt(int at) {
    return NAMES.stream().anyMatch(name -> nameEndsAt(at, name));
  }

  private boolean nameEndsAt(int at, String name) {
    int place = at;
    for (int letter = name.length() - 1; letter >= 0; letter--) {
      if (place >= 2 && text.charAt(place - 1) == '\n') {
        place -= text.charAt(place - 2) == '\r' ? 3 : 2;
      }
      if (place < 1 || Character.toLowerCase(text.charAt(place - 1)) != name.charAt(letter)) {
        return false;
      }
      place--;
    }
    return place == 0
        || !Character.isLetterOrDigit(text.charAt(place - 1))
        || (place >= 2
            && (text.regionMatches(true, place - 2, "3F", 0, 2)
                || text.startsWith("26", place - 2)));
  }

  private PastedCodes result() {
    int ignored = 0;
    String first = "";
    int number = 0;
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      String content = text.substring(from, Math.min(end, from + 200)).strip();
      if (!content.isEmpty() && !usedLines.get(number)) {
        ignored++;
        first = first.isEmpty() ? shortened(content) : first;
      }
      from = end + (text.startsWith("\r\n", end) ? 2 : 1);
      number++;
    }
    return new PastedCodes(List.copyOf(codes.values()), twice.size(), almost, ignored, first);
  }

  private static String shortened(String content) {
    return content.length() <= SHOWN_OF_A_LINE
        ? content
        : content.substring(0, SHOWN_OF_A_LINE - 1) + "…";
  }
}

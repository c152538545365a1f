package dev.guestlist.model;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of a mail's source that are for mail programs: in them stand ids of the very form of a
/// code. To be asked line by line, from the first to the last.
final class MailHeaders {
  private static final int LONGEST_NAME = 80;
  private static final int MOST_BLANKS = 40;
  private static final int MOST_BOUNDARIES = 50;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=\"?([^\\s\";]{1,80})", Pattern.CASE_INSENSITIVE);
  private static final Set<String> NAMES =
      Set.of("received", "references", "msip_labels", "autocrypt", "domainkey-signature");
  private static final Set<String> BEGINNINGS =
      Set.of(
          "x-",
          "arc-",
          "authentication-",
          "content-",
          "dkim-",
          "feedback-",
          "in-reply-",
          "list-",
          "message-",
          "original-message-",
          "received-",
          "resent-",
          "return-",
          "thread-");

  private final String text;
  private final Set<String> boundaries = new HashSet<>();
  private boolean within;

  MailHeaders(String text) {
    this.text = text;
    Matcher boundary = BOUNDARY.matcher(text);
    while (boundary.find() && boundaries.size() < MOST_BOUNDARIES) {
      boundaries.add(boundary.group(1));
    }
  }

  /// Whether the line whose first letter stands here is one of them, or goes on with one: a long
  /// header is folded into lines that begin with a blank.
  boolean technical(int at) {
    within = (within && isFolded(at)) || header(at) || boundary(at);
    return within;
  }

  /// Whether the line is indented, by more than the one blank behind the mark of a quoted line.
  private boolean isFolded(int at) {
    int begin = at;
    int limit = Math.max(0, at - MOST_BLANKS);
    while (begin > limit && isBlank(text.charAt(begin - 1))) {
      begin--;
    }
    boolean quoted = begin > 0 && ">|".indexOf(text.charAt(begin - 1)) >= 0;
    boolean emptyLine = text.charAt(at) == '\n' || text.charAt(at) == '\r';
    return at - begin > (quoted ? 1 : 0) && !emptyLine;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean header(int at) {
    int end = at;
    int limit = Math.min(text.length(), at + LONGEST_NAME);
    while (end < limit && inName(text.charAt(end))) {
      end++;
    }
    if (end == at || end >= text.length() || text.charAt(end) != ':') {
      return false;
    }
    String name = text.substring(at, end).toLowerCase(Locale.ROOT);
    return NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith);
  }

  private static boolean inName(char c) {
    return c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private boolean boundary(int at) {
    return text.startsWith("--", at)
        && boundaries.stream().anyMatch(one -> text.startsWith(one, at + 2));
  }
}

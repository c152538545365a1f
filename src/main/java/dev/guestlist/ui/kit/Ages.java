package dev.guestlist.ui.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Says moments in words: relative within a day, with the date before that, and what is left of a
/// time never more precisely than it is known.
public final class Ages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);

  private final Texts texts;
  private final ZoneId zone;

  public Ages(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /// How long ago something was: "just now", "2 min ago", "5 h ago", or its date: "12 Nov 09:30".
  public String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return texts.get("age.now");
    }
    if (age.toHours() < 1) {
      return texts.get("age.minutes", age.toMinutes());
    }
    if (age.toDays() < 1) {
      return texts.get("age.hours", age.toHours());
    }
    return moment(then, now);
  }

  /// A moment by the clock: "10:42" today, else "12 Nov 09:30", with the year when it is another.
  public String moment(Instant at, Instant now) {
    ZonedDateTime then = at.atZone(zone);
    ZonedDateTime today = now.atZone(zone);
    if (then.toLocalDate().equals(today.toLocalDate())) {
      return TIME.format(then);
    }
    return dated(at, now);
  }

  /// What is left until an end that is an estimate: "~2 d 3 h", "~5 h", "~12 min"; once it has
  /// passed "12 min ago", "5 h ago", "1 d ago".
  public String left(Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    if (left.isNegative() || left.isZero()) {
      Duration over = left.negated();
      if (over.toMinutes() < 1) {
        return texts.get("age.now");
      }
      if (over.toHours() < 1) {
        return texts.get("age.minutes", over.toMinutes());
      }
      return over.toDays() < 1
          ? texts.get("age.hours", over.toHours())
          : texts.get("age.days", over.toDays());
    }
    if (left.toMinutes() < 1) {
      return texts.get("left.seconds");
    }
    if (left.toHours() < 1) {
      return texts.get("left.minutes", left.toMinutes());
    }
    if (left.toDays() < 1) {
      return texts.get("left.hours", left.toHours());
    }
    return left.toHoursPart() == 0
        ? texts.get("left.days", left.toDays())
        : texts.get("left.days.hours", left.toDays(), left.toHoursPart());
  }

  /// A moment with its day, also when that is today: "12 Nov 09:30"; for what is read later.
  public String dated(Instant at, Instant now) {
    ZonedDateTime then = at.atZone(zone);
    return (then.getYear() == now.atZone(zone).getYear() ? DAY : YEAR).format(then);
  }

  /// The day of a moment, whatever its hour: "12 Nov", with the year when it is another.
  public String day(Instant at, Instant now) {
    ZonedDateTime then = at.atZone(zone);
    return (then.getYear() == now.atZone(zone).getYear() ? DATE : DATE_OF_YEAR).format(then);
  }

  /// A moment with everything: "12 Nov 2026 09:30:00 CET"; for tooltips and details.
  public String exact(Instant at) {
    return EXACT.format(at.atZone(zone));
  }
}

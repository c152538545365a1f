package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;

/// Says in full words, for sentences and for being read out, how long something lasts yet or since
/// when it is over; no more exactly than that is known.
final class TimeLeft {
  private TimeLeft() {}

  /// For example "about 2 days and 3 hours left", "ended 1 day ago".
  static String words(Instant end, Instant now, Texts texts) {
    boolean over = !end.isAfter(now);
    Duration length = over ? Duration.between(end, now) : Duration.between(now, end);
    long days = length.toDays();
    long hours = length.toHours();
    long minutes = Math.max(1, length.toMinutes());
    if (days > 0) {
      int rest = length.toHoursPart();
      return over
          ? texts.get("invitations.over.days", days)
          : texts.get("invitations.left.days", days, rest);
    }
    if (hours > 0) {
      return over
          ? texts.get("invitations.over.hours", hours)
          : texts.get("invitations.left.hours", hours);
    }
    return over
        ? texts.get("invitations.over.minutes", minutes)
        : texts.get("invitations.left.minutes", minutes);
  }
}

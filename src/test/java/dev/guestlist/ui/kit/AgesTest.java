package dev.guestlist.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  private static final Instant NOW = Instant.parse("2026-11-13T12:00:00Z");

  private final Ages ages = new Ages(Texts.english(), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-13T12:00:05Z, just now",
    "2026-11-13T11:59:01Z, just now",
    "2026-11-13T11:58:00Z, 2 min ago",
    "2026-11-13T11:00:01Z, 59 min ago",
    "2026-11-13T11:00:00Z, 1 h ago",
    "2026-11-12T12:00:01Z, 23 h ago",
    "2026-11-12T12:00:00Z, 12 Nov 13:00",
    "2025-11-12T12:00:00Z, 12 Nov 2025 13:00"
  })
  void saysHowLongAgoWithinADayAndTheDateBefore(Instant then, String text) {
    assertThat(ages.ago(then, NOW)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-15T15:59:00Z, ~2 d 3 h",
    "2026-11-15T12:30:00Z, ~2 d",
    "2026-11-13T17:40:00Z, ~5 h",
    "2026-11-13T12:12:30Z, ~12 min",
    "2026-11-13T12:00:30Z, under a minute",
    "2026-11-13T12:00:00Z, just now",
    "2026-11-13T11:48:00Z, 12 min ago",
    "2026-11-13T07:00:00Z, 5 h ago",
    "2026-11-12T11:00:00Z, 1 d ago"
  })
  void saysWhatIsLeftNoMorePreciselyThanItIsKnown(Instant end, String text) {
    assertThat(ages.left(end, NOW)).isEqualTo(text);
  }

  @Test
  void momentsOfTodayAreTimesAndOthersCarryTheDate() {
    assertThat(ages.moment(Instant.parse("2026-11-13T09:42:00Z"), NOW)).isEqualTo("10:42");
    assertThat(ages.moment(Instant.parse("2026-11-12T23:30:00Z"), NOW)).isEqualTo("00:30");
    assertThat(ages.moment(Instant.parse("2026-11-12T22:30:00Z"), NOW)).isEqualTo("12 Nov 23:30");
  }

  @Test
  void daysCarryTheYearWhenItIsAnother() {
    assertThat(ages.day(Instant.parse("2026-11-12T23:30:00Z"), NOW)).isEqualTo("13 Nov");
    assertThat(ages.day(Instant.parse("2025-12-31T22:30:00Z"), NOW)).isEqualTo("31 Dec 2025");
  }

  @Test
  void exactMomentsNameTheZone() {
    assertThat(ages.exact(NOW)).isEqualTo("13 Nov 2026 13:00:00 CET");
  }
}

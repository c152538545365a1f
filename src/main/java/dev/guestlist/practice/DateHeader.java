package dev.guestlist.practice;

import com.sun.net.httpserver.Headers;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.Locale;
import java.util.stream.Stream;

/// Puts the practice clock's time into the `Date` header.
///
/// The JDK's server always writes the real time there, just before it sends the headers. Right
/// after that it looks at the `Connection` header; this list stands there, has nothing to say, and
/// uses the moment to put the practice time in. A test watches that it still works.
final class DateHeader extends AbstractList<String> {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Headers headers;
  private final InstantSource clock;

  private DateHeader(Headers headers, InstantSource clock) {
    this.headers = headers;
    this.clock = clock;
  }

  static void install(Headers headers, InstantSource clock) {
    headers.put("Connection", new DateHeader(headers, clock));
  }

  @Override
  public Stream<String> stream() {
    headers.set("Date", HTTP_DATE.format(clock.instant()));
    return Stream.empty();
  }

  @Override
  public String get(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public int size() {
    return 0;
  }
}

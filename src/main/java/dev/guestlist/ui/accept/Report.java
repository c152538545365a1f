package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The outcome as text for a ticket: names, organizations, time, and no codes.
final class Report {
  private final Texts texts;

  Report(Texts texts) {
    this.texts = texts;
  }

  /// @param ticket blank when none was named
  String of(List<AcceptRow> rows, String ticket, String connection, Instant now) {
    String time = new Ages(texts, ZoneId.systemDefault()).exact(now);
    List<String> lines = new ArrayList<>();
    lines.add(
        ticket.isBlank()
            ? texts.get("accept.report.head", connection, time)
            : texts.get("accept.report.head.ticket", connection, time, ticket.strip()));
    for (AcceptRow row : rows) {
      if (row.sent().isPresent()) {
        lines.add(row.note());
      } else if (row.state() != CodeState.CHECKING) {
        String name = row.person().isBlank() ? row.masked() : row.person();
        lines.add(texts.get("accept.report.not-accepted", name, texts.get(row.state().key())));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }
}

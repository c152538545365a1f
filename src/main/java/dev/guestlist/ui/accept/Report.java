package dev.guestlist.ui.accept;

import dev.guestlist.model.Ticket;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The outcome as text for a ticket: organization, time, sums, then the names; and no codes.
final class Report {
  /// What is told first. States that are not named here are not worth a word in a ticket.
  private static final List<CodeState> ORDER =
      List.of(
          CodeState.JOINED,
          CodeState.MEMBER,
          CodeState.KEPT,
          CodeState.ACCEPTING,
          CodeState.LOOKING,
          CodeState.DECISION,
          CodeState.USER_EXISTS,
          CodeState.REFUSED,
          CodeState.CANNOT_TELL,
          CodeState.EXPIRED,
          CodeState.UNKNOWN,
          CodeState.ACCEPTED_BEFORE,
          CodeState.WAITS_HERE,
          CodeState.NOT_CHECKED,
          CodeState.OTHER_SERVER,
          CodeState.READY,
          CodeState.ELSEWHERE);

  private final Texts texts;

  Report(Texts texts) {
    this.texts = texts;
  }

  /// @param connection its name, told where no organization is known
  String of(List<AcceptRow> rows, Ticket ticket, String connection, Instant now) {
    Map<CodeState, List<AcceptRow>> byState = new EnumMap<>(CodeState.class);
    for (CodeState state : ORDER) {
      List<AcceptRow> some = rows.stream().filter(row -> row.state() == state).toList();
      if (!some.isEmpty()) {
        byState.put(state, some);
      }
    }
    String place = place(rows, connection);
    List<String> head = new ArrayList<>(List.of(place));
    head.add(new Ages(texts, ZoneId.systemDefault()).dated(now, now));
    if (!ticket.number().isBlank()) {
      head.add(ticket.number());
    }
    List<String> sums = new ArrayList<>();
    for (CodeState state : ORDER) {
      sums.addAll(sums(state, byState.getOrDefault(state, List.of())));
    }
    List<String> lines = new ArrayList<>();
    lines.add(texts.get("accept.report", String.join(", ", head), String.join(", ", sums)));
    for (CodeState state : ORDER) {
      if (byState.containsKey(state)) {
        String names =
            byState.get(state).stream()
                .map(row -> name(row, place))
                .collect(Collectors.joining(", "));
        lines.add(texts.get("accept.report.names", texts.get(state.key()), names));
      }
    }
    if (!ticket.note().isBlank()) {
      lines.add(texts.get("accept.report.note", ticket.note()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  /// Where most of them lead.
  private static String place(List<AcceptRow> rows, String connection) {
    return rows.stream()
        .filter(row -> !row.into().isBlank())
        .collect(Collectors.groupingBy(AcceptRow::into, Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(connection);
  }

  private List<String> sums(CodeState state, List<AcceptRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    if (state != CodeState.ELSEWHERE) {
      return List.of(texts.get(state.sum(), rows.size()));
    }
    return rows.stream()
        .collect(Collectors.groupingBy(AcceptRow::into, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> texts.get(state.sum(), one.getValue(), one.getKey()))
        .toList();
  }

  private String name(AcceptRow row, String place) {
    String person = row.person().isBlank() ? row.masked() : row.person();
    return row.into().isBlank() || row.into().equals(place)
        ? person
        : texts.get("accept.report.name", person, row.into());
  }
}

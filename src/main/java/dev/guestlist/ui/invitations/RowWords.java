package dev.guestlist.ui.invitations;

import dev.guestlist.service.InvitationStatus;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/// What the table says: its headers, its cells, whole rows as sentences, and rows as text for the
/// clipboard. Never a code: rows have none.
final class RowWords {
  private static final String NOTHING = "–";

  private final Texts texts;
  private final Ages ages;
  private final String unknown;

  RowWords(Texts texts) {
    this.texts = texts;
    ages = new Ages(texts, ZoneId.systemDefault());
    unknown = texts.get("invitations.unknown");
  }

  String header(RowColumn column) {
    return texts.get(column.key());
  }

  String cell(RowColumn column, InvitationRow row, Instant now) {
    return switch (column) {
      case PERSON -> row.person();
      case EMAIL -> row.entry().email();
      case STATUS -> status(row, now);
      case ENDS -> row.ends().map(end -> ages.left(end, now)).orElse(NOTHING);
      case GROUPS -> row.groups();
      case ROLES -> row.roles();
      case STORE -> row.store();
      case CODE -> row.code();
      case MADE ->
          row.entry().made().map(made -> ages.moment(made.row().changed(), now)).orElse(unknown);
      case MADE_BY -> row.entry().made().isPresent() ? row.madeBy() : unknown;
      case RUN -> row.entry().made().map(made -> Long.toString(made.row().run())).orElse(unknown);
      case NOTE -> row.entry().made().isPresent() ? row.note() : unknown;
      case ID -> row.entry().invitation().map(Object::toString).orElse(NOTHING);
    };
  }

  /// The status; a deletion counts down.
  String status(InvitationRow row, Instant now) {
    return row.entry()
        .leavesAt()
        .filter(leaves -> row.status() == InvitationStatus.DELETING && leaves.isAfter(now))
        .map(leaves -> texts.get("invitations.deleting.in", seconds(now, leaves)))
        .orElse(row.look().word());
  }

  /// The whole row for being read out: "dora.k, expires soon, about 5 hours left, sales, …".
  String sentence(InvitationRow row, Instant now) {
    return texts.get(
        "invitations.row.sentence",
        row.person(),
        status(row, now),
        row.ends().map(end -> TimeLeft.words(end, now, texts)).orElse(""),
        orNone(row.groups()),
        orNone(row.roles()),
        row.code());
  }

  private String orNone(String names) {
    return names.isEmpty() ? texts.get("invitations.row.none") : names;
  }

  /// A cell for being read out.
  String readOut(RowColumn column, String cell) {
    return texts.get("invitations.cell", header(column), cell);
  }

  boolean isUnknown(String cell) {
    return cell.equals(unknown);
  }

  /// The end with its date and zone, and that it is an estimate; blank where no end matters.
  String exactEnd(InvitationRow row) {
    return row.ends().map(end -> texts.get("invitations.ends.exact", ages.exact(end))).orElse("");
  }

  /// A header and one line a row, fields divided by tabs.
  String forClipboard(List<InvitationRow> rows, List<RowColumn> columns, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append(columns.stream().map(this::header).collect(Collectors.joining("\t")));
    for (InvitationRow row : rows) {
      text.append('\n');
      text.append(
          columns.stream()
              .map(column -> cell(column, row, now).replaceAll("[\\t\\r\\n]+", " "))
              .collect(Collectors.joining("\t")));
    }
    return text.toString();
  }

  /// Whole seconds until then, counted so that the last one is 1.
  static long seconds(Instant now, Instant then) {
    return Math.max(0, (Duration.between(now, then).toMillis() + 999) / 1000);
  }
}

package dev.guestlist.ui.invitations;

import java.time.Instant;
import java.util.Comparator;

/// The columns of the table, in the order in which they first appear.
enum RowColumn {
  PERSON("invitations.column.person", 140, true),
  EMAIL("invitations.column.email", 190, false),
  STATUS("invitations.column.status", 216, true),
  ENDS("invitations.column.ends", 94, true),
  GROUPS("invitations.column.groups", 130, true),
  ROLES("invitations.column.roles", 130, true),
  STORE("invitations.column.store", 105, true),
  CODE("invitations.column.code", 115, true),
  MADE("invitations.column.made", 120, false),
  MADE_BY("invitations.column.made-by", 110, false),
  RUN("invitations.column.run", 70, false),
  NOTE("invitations.column.note", 160, false),
  ID("invitations.column.id", 280, false);

  /// the text for searching begins with the person in lower case
  private static final Comparator<InvitationRow> BY_PERSON =
      Comparator.comparing(InvitationRow::search);

  private final String key;
  private final double width;
  private final boolean shown;

  RowColumn(String key, double width, boolean shown) {
    this.key = key;
    this.width = width;
    this.shown = shown;
  }

  /// The key of its header.
  String key() {
    return key;
  }

  /// Pixels, until somebody changes it.
  double width() {
    return width;
  }

  /// Whether it shows until somebody decides otherwise.
  boolean shown() {
    return shown;
  }

  /// Ascending. A status sorts in the order of need; an end that is not known comes last.
  Comparator<InvitationRow> order() {
    return switch (this) {
      case PERSON -> BY_PERSON;
      case EMAIL -> Comparator.comparing(row -> row.entry().email(), String.CASE_INSENSITIVE_ORDER);
      case STATUS -> Comparator.comparing(InvitationRow::place);
      case ENDS -> Comparator.comparing(row -> row.entry().ends().orElse(Instant.MAX));
      case GROUPS -> Comparator.comparing(InvitationRow::groups, String.CASE_INSENSITIVE_ORDER);
      case ROLES -> Comparator.comparing(InvitationRow::roles, String.CASE_INSENSITIVE_ORDER);
      case STORE -> Comparator.comparing(InvitationRow::store, String.CASE_INSENSITIVE_ORDER);
      case CODE -> Comparator.comparing(InvitationRow::code, String.CASE_INSENSITIVE_ORDER);
      case MADE ->
          Comparator.comparing(
              row -> row.entry().made().map(made -> made.row().changed()).orElse(Instant.MAX));
      case MADE_BY -> Comparator.comparing(InvitationRow::madeBy, String.CASE_INSENSITIVE_ORDER);
      case RUN ->
          Comparator.comparing(
              row -> row.entry().made().map(made -> made.row().run()).orElse(Long.MAX_VALUE));
      case NOTE -> Comparator.comparing(InvitationRow::note, String.CASE_INSENSITIVE_ORDER);
      case ID -> Comparator.comparing(InvitationRow::key);
    };
  }
}

package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The selected rows and what can be done with them.
final class SelectedRows {
  private final ScreenContext context;
  private final Background background;
  private final Deletion deletion;
  private final Replacement replacement;
  private final Consumer<List<InvitationRow>> changed;
  private List<InvitationRow> rows = List.of();

  /// @param changed told whenever other rows are selected
  SelectedRows(
      ScreenContext context,
      Background background,
      Deletion deletion,
      Replacement replacement,
      Consumer<List<InvitationRow>> changed) {
    this.context = context;
    this.background = background;
    this.deletion = deletion;
    this.replacement = replacement;
    this.changed = changed;
  }

  List<InvitationRow> rows() {
    return rows;
  }

  /// Takes over what is selected in the table.
  void select(List<InvitationRow> selected) {
    if (selected.isEmpty() && rows.isEmpty()) {
      return;
    }
    rows = List.copyOf(selected);
    changed.accept(rows);
  }

  /// @param organization its name, for the question that may come first
  void delete(String organization) {
    deletion.delete(rows, organization);
  }

  /// @param organization its name, for the question
  void inviteAgain(String organization) {
    replacement.inviteAgain(rows, organization);
  }

  void finish() {
    replacement.finish(rows);
  }

  void undo(Deletion.Grace grace) {
    deletion.undo(grace);
  }

  /// Copies the rows as a table of these columns.
  void copy(List<RowColumn> columns, Instant now) {
    if (!rows.isEmpty()) {
      context.dialogs().copy(new RowWords(context.texts()).forClipboard(rows, columns, now));
    }
  }

  /// Copies the codes of those rows whose codes lie on this computer, one a line.
  void copyCodes() {
    List<Long> codeRows = rows.stream().flatMap(row -> row.entry().codeRow().stream()).toList();
    background.run(
        () -> {
          List<String> codes = new ArrayList<>();
          for (long row : codeRows) {
            context.workplace().runs().code(row).ifPresent(code -> codes.add(code.reveal()));
          }
          return codes;
        },
        codes -> {
          if (!codes.isEmpty()) {
            context.dialogs().copySecret(String.join("\n", codes));
            context.dialogs().tell(context.texts().get("invitations.codes.copied", codes.size()));
          }
        });
  }
}

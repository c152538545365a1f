package dev.guestlist.ui.invitations;

import dev.guestlist.model.InvitationId;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import java.util.List;
import java.util.Optional;

/// What can be done about one selected person; nothing while none or several are selected.
///
/// @param selected the rows that are selected
record OnePerson(ScreenContext context, List<InvitationRow> selected) {

  boolean any() {
    return selected.size() == 1;
  }

  boolean hasId() {
    return id().isPresent();
  }

  void copyName() {
    row().ifPresent(row -> context.dialogs().copy(row.entry().username()));
  }

  void copyId() {
    id().ifPresent(id -> context.dialogs().copy(id.value()));
  }

  /// Opens what was done about the person from this computer.
  void showActivity() {
    row().ifPresent(row -> context.navigator().show(new Screen.Activity(row.entry().username())));
  }

  /// Looks for the person in every list on this computer.
  void findEverywhere() {
    row().ifPresent(row -> context.navigator().show(new Screen.Find(row.entry().username())));
  }

  private Optional<InvitationRow> row() {
    return any() ? Optional.of(selected.getFirst()) : Optional.empty();
  }

  private Optional<InvitationId> id() {
    return row().flatMap(row -> row.entry().invitation());
  }
}

package dev.guestlist.ui.invitations;

import dev.guestlist.model.Forgotten;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;

/// What can be done about one selected person; nothing while none or several are selected.
///
/// @param selected the rows that are selected
record OnePerson(ScreenContext context, OrganizationId organization, List<InvitationRow> selected) {

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

  /// Asks, and then forgets the person on this computer.
  void forget() {
    row()
        .map(row -> row.entry().username())
        .ifPresent(name -> {
          Texts texts = context.texts();
          context
              .dialogs()
              .confirm(
                  new Dialogs.Question(
                      texts.get("forget.title", name),
                      texts.get("forget.text"),
                      texts.get("forget.action"),
                      texts.get("forget.keep")),
                  () -> forget(name));
        });
  }

  private void forget(String name) {
    context
        .background()
        .run(
            () -> words(context.workplace().people().forget(organization, name), name),
            context.dialogs()::tell);
  }

  private String words(Forgotten forgotten, String name) {
    return switch (forgotten) {
      case Forgotten.Done done -> context.texts().get("forget.done", done.rows(), done.lines());
      case Forgotten.Waits waits -> context.texts().get("forget.waits", waits.rows(), name);
      case Forgotten.InDraft ignored -> context.texts().get("forget.draft", name);
    };
  }

  private Optional<InvitationRow> row() {
    return any() ? Optional.of(selected.getFirst()) : Optional.empty();
  }

  private Optional<InvitationId> id() {
    return row().flatMap(row -> row.entry().invitation());
  }
}

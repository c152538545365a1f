package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.service.SetUpSheet;
import dev.guestlist.service.SetUpSheet.Role;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.Texts;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// The page for the server's administrator, for one role at a time.
public final class SetUpSheetViewModel {
  private final ObjectProperty<Role> role = new SimpleObjectProperty<>(Role.INVITE);
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private final Dialogs dialogs;
  private final Texts texts;
  private final Runnable close;

  /// The page for a connection.
  ///
  /// @param close puts the page away
  public SetUpSheetViewModel(Connection connection, Dialogs dialogs, Texts texts, Runnable close) {
    this.dialogs = dialogs;
    this.texts = texts;
    this.close = close;
    role.subscribe(now -> text.set(SheetText.of(SetUpSheet.of(connection, now), texts)));
  }

  ObjectProperty<Role> roleProperty() {
    return role;
  }

  /// The whole page.
  public ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  void copy() {
    dialogs.copy(text.get());
    dialogs.tell(texts.get("sheet.copied"));
  }

  void close() {
    close.run();
  }
}

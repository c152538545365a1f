package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.StatusBadge;
import java.time.Instant;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// One cell. Times in it follow the clock; a screen reader gets a sentence.
final class InvitationCell extends TableCell<InvitationRow, InvitationRow> {
  private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

  private final RowColumn column;
  private final InvitationsViewModel model;
  private final StatusBadge badge = new StatusBadge();
  private final Tooltip exact = new Tooltip();

  /// kept here because the model holds it weakly
  private final InvalidationListener clock = moment -> updateItem(getItem(), isEmpty());

  InvitationCell(RowColumn column, InvitationsViewModel model) {
    this.column = column;
    this.model = model;
    boolean tellsTime =
        column == RowColumn.ENDS || column == RowColumn.STATUS || column == RowColumn.PERSON;
    if (tellsTime) {
      model.nowProperty().addListener(new WeakInvalidationListener(clock));
    }
    if (column == RowColumn.PERSON) {
      getStyleClass().add("person");
    }
    if (column == RowColumn.ID) {
      getStyleClass().add("mono");
    }
  }

  @Override
  protected void updateItem(@Nullable InvitationRow row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setText(null);
      setGraphic(null);
      setTooltip(null);
      setAccessibleText(null);
      return;
    }
    RowWords words = model.words();
    Instant now = model.nowProperty().get();
    String text = words.cell(column, row, now);
    setAccessibleText(
        column == RowColumn.PERSON ? words.sentence(row, now) : words.readOut(column, text));
    pseudoClassStateChanged(UNKNOWN, words.isUnknown(text));
    if (column == RowColumn.STATUS) {
      badge.show(row.look().glyph(), text, row.look().style());
      setGraphic(badge);
    } else {
      setText(text);
    }
    if (column == RowColumn.ENDS) {
      String when = words.exactEnd(row);
      exact.setText(when);
      setTooltip(when.isEmpty() ? null : exact);
    }
  }
}

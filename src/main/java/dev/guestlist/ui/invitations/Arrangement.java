package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Remembered;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// How somebody arranged the screen: the columns, the order of the rows, the details pane.
/// Remembered until the next time.
final class Arrangement {
  private static final String COLUMNS = "invitations.columns";
  private static final String DETAILS = "invitations.details";
  private static final String DETAILS_WIDTH = "invitations.details-width";
  private static final int USUAL_DETAILS_WIDTH = 290;

  private final Remembered remembered;
  private final Consumer<SortOrder> ordered;
  private final BooleanProperty detailsOpen = new SimpleBooleanProperty();
  private ColumnLayout layout;

  /// @param ordered told the order of the rows, now and when it changes
  Arrangement(Remembered remembered, Consumer<SortOrder> ordered) {
    this.remembered = remembered;
    this.ordered = ordered;
    layout = remembered.get(COLUMNS).map(ColumnLayout::parse).orElse(ColumnLayout.standard());
    ordered.accept(layout.order());
    detailsOpen.set(remembered.get(DETAILS).filter("open"::equals).isPresent());
    detailsOpen.addListener(
        (property, before, open) -> remembered.put(DETAILS, open ? "open" : "closed"));
  }

  ColumnLayout layout() {
    return layout;
  }

  /// Takes over how the table was arranged.
  void arrange(ColumnLayout arranged) {
    if (!arranged.equals(layout)) {
      layout = arranged;
      remembered.put(COLUMNS, arranged.asText());
      ordered.accept(arranged.order());
    }
  }

  BooleanProperty detailsOpenProperty() {
    return detailsOpen;
  }

  /// In pixels at the usual text size.
  double detailsWidth() {
    return remembered
        .get(DETAILS_WIDTH)
        .filter(text -> text.matches("\\d{2,4}"))
        .map(Integer::parseInt)
        .orElse(USUAL_DETAILS_WIDTH);
  }

  void rememberDetailsWidth(double width) {
    if (width > 0) {
      remembered.put(DETAILS_WIDTH, Long.toString(Math.round(width)));
    }
  }
}

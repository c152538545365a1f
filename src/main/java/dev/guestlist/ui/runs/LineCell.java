package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.Texts;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/// Draws one line of the runs screen.
final class LineCell extends ListCell<RunLine> {
  private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
  private static final PseudoClass CARD = PseudoClass.getPseudoClass("run");

  private final Label heading = new Label();
  private final CardNode card;
  private final DecideNode decide;
  private final PersonNode person;
  private final BarNode bar;

  LineCell(RunsViewModel model, Texts texts) {
    heading.getStyleClass().add("section");
    setPrefWidth(0);
    card = new CardNode(model, texts, widthProperty());
    decide = new DecideNode(model, texts, widthProperty());
    person = new PersonNode(model, texts, widthProperty());
    bar = new BarNode(model, widthProperty());
    setOnMouseClicked(click -> {
      if (click.getButton() == MouseButton.PRIMARY && getItem() instanceof RunLine.Card it) {
        model.toggle(it);
      }
    });
  }

  /// Gives the focus to the safest choice of the line.
  boolean focusSafest() {
    return getItem() instanceof RunLine.Decide && decide.focusSafest();
  }

  @Override
  protected void updateItem(RunLine line, boolean none) {
    super.updateItem(line, none);
    pseudoClassStateChanged(HEADING, !none && line instanceof RunLine.Heading);
    pseudoClassStateChanged(CARD, !none && line instanceof RunLine.Card);
    if (none) {
      put(null, null);
      return;
    }
    switch (line) {
      case RunLine.Heading it -> {
        heading.setText(it.text());
        put(heading, it.text());
      }
      case RunLine.Overview it -> put(bar.show(it, it.text()), it.text());
      case RunLine.Others it -> put(bar.show(it, it.text()), it.text());
      case RunLine.More it -> put(bar.show(it, it.text()), it.text());
      case RunLine.Outcomes it -> put(bar.show(it), "");
      case RunLine.Card it -> put(card.show(it), card.spoken());
      case RunLine.Decide it -> put(decide.show(it), decide.spoken());
      case RunLine.Person it -> put(person.show(it), person.spoken());
    }
  }

  /// A button that goes away leaves the focus to the list, where a key decides nothing.
  private void put(@Nullable Node node, @Nullable String spoken) {
    Node before = getGraphic();
    boolean focused = before != null && !before.equals(node) && before.isFocusWithin();
    setGraphic(node);
    setAccessibleText(spoken);
    if (focused) {
      getListView().requestFocus();
    }
  }
}

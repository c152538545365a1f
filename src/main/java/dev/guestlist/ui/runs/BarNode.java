package dev.guestlist.ui.runs;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// A line that is a sentence with buttons, or the chips above the rows of a run.
final class BarNode {
  private final Text text = new Text();
  private final Offers buttons;
  private final HBox sentence;
  private final Offers chips;
  private final Offers results;
  private final VBox outcomes;

  BarNode(RunsViewModel model, ReadOnlyDoubleProperty width) {
    buttons = new Offers(model);
    buttons.setMinWidth(Region.USE_PREF_SIZE);
    buttons.setPrefWrapLength(360);
    text.getStyleClass().add("counts");
    text.wrappingWidthProperty().bind(width.subtract(440));
    sentence = new HBox(12, text, buttons);
    HBox.setHgrow(buttons, Priority.ALWAYS);
    sentence.setAlignment(Pos.CENTER_LEFT);
    sentence.getStyleClass().add("bar");
    chips = new Offers(model);
    results = new Offers(model);
    outcomes = new VBox(8, results, chips);
    outcomes.getStyleClass().add("outcomes");
  }

  Node show(RunLine line, String words) {
    text.setText(words);
    buttons.show(line, line.choices());
    return sentence;
  }

  Node show(RunLine.Outcomes line) {
    chips.show(line, line.chips());
    results.show(line, line.offers());
    return outcomes;
  }
}

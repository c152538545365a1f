package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// A row of an opened run.
final class PersonNode {
  private final Texts texts;
  private final Label name = new Label();
  private final StatusBadge badge = new StatusBadge();
  private final Text sentence = new Text();
  private final Text details = new Text();
  private final Label code = new Label();
  private final Offers offers;
  private final HBox row;
  private String spoken = "";

  PersonNode(RunsViewModel model, Texts texts, ReadOnlyDoubleProperty width) {
    this.texts = texts;
    offers = new Offers(model);
    offers.setPrefWrapLength(100);
    offers.setMinWidth(Region.USE_PREF_SIZE);
    name.getStyleClass().add("name");
    badge.setMinWidth(Region.USE_PREF_SIZE);
    sentence.getStyleClass().add("sentence");
    details.getStyleClass().addAll("sentence", "details");
    code.getStyleClass().add("mono");
    code.setMinWidth(Region.USE_PREF_SIZE);
    HBox badgePlace = new HBox(badge);
    badgePlace.getStyleClass().add("badge-place");
    HBox end = new HBox(8, code, offers);
    end.setAlignment(Pos.CENTER_LEFT);
    end.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    VBox words = new VBox(2, sentence, details);
    words.setAlignment(Pos.CENTER_LEFT);
    row = new HBox(name, badgePlace, words, space, end);
    row.getStyleClass().add("person");
    for (Text text : new Text[] {sentence, details}) {
      text.wrappingWidthProperty()
          .bind(
              width
                  .subtract(name.widthProperty())
                  .subtract(badgePlace.widthProperty())
                  .subtract(end.widthProperty())
                  .subtract(92));
    }
  }

  Node show(RunLine.Person it) {
    RunLine.Words words = it.words();
    name.setText(it.name());
    badge.show(words.glyph(), words.word(), words.style());
    sentence.setText(words.sentence());
    details.setText(words.details());
    details.setVisible(!words.details().isBlank());
    details.setManaged(!words.details().isBlank());
    code.setText(words.code().orElse(""));
    code.setVisible(words.code().isPresent());
    code.setManaged(words.code().isPresent());
    offers.show(it, words.offers());
    spoken = texts.get("runs.row", it.name(), words.word(), words.sentence());
    return row;
  }

  String spoken() {
    return spoken;
  }
}

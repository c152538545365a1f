package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Offer;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// Draws one line of the runs screen.
final class LineCell extends ListCell<RunLine> {
  private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
  private static final PseudoClass CARD = PseudoClass.getPseudoClass("run");

  private final RunsViewModel model;
  private final Texts texts;

  private final Label heading = new Label();

  private final FontIcon arrow = new FontIcon("fth-chevron-right");
  private final Label number = new Label();
  private final Label title = new Label();
  private final Label about = new Label();
  private final Text counts = new Text();
  private final ProgressBar progress = new ProgressBar();
  private final HBox cardOffers = new HBox();
  private final VBox card = card();

  private final Label name = new Label();
  private final StatusBadge badge = new StatusBadge();
  private final Text sentence = new Text();
  private final Label code = new Label();
  private final HBox rowOffers = new HBox();
  private final HBox person = person();

  LineCell(RunsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    heading.getStyleClass().add("section");
    setPrefWidth(0);
    setOnMouseClicked(click -> {
      if (click.getButton() == MouseButton.PRIMARY && getItem() instanceof RunLine.Card it) {
        model.toggle(it);
      }
    });
  }

  @Override
  protected void updateItem(RunLine line, boolean none) {
    super.updateItem(line, none);
    pseudoClassStateChanged(HEADING, !none && line instanceof RunLine.Heading);
    pseudoClassStateChanged(CARD, !none && line instanceof RunLine.Card);
    if (none) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    switch (line) {
      case RunLine.Heading it -> {
        heading.setText(it.text());
        setGraphic(heading);
        setAccessibleText(it.text());
      }
      case RunLine.Card it -> show(it);
      case RunLine.Person it -> show(it);
    }
  }

  private void show(RunLine.Card it) {
    arrow.setIconLiteral(it.open() ? "fth-chevron-down" : "fth-chevron-right");
    number.setText(texts.get("runs.number", it.number()));
    title.setText(it.title());
    about.setText(it.about());
    counts.setText(
        it.why().isBlank() ? it.counts() : texts.get("runs.counts-and-why", it.counts(), it.why()));
    progress.setVisible(it.progress().isPresent());
    progress.setManaged(it.progress().isPresent());
    progress.setProgress(it.progress().orElse(0));
    offers(cardOffers, it);
    setGraphic(card);
    setAccessibleText(
        texts.get("runs.card", it.number(), it.title(), it.about(), it.counts(), it.why()));
  }

  private void show(RunLine.Person it) {
    name.setText(it.name());
    badge.show(it.glyph(), it.word(), it.style());
    sentence.setText(it.sentence());
    code.setText(it.code().orElse(""));
    code.setVisible(it.code().isPresent());
    code.setManaged(it.code().isPresent());
    offers(rowOffers, it);
    setGraphic(person);
    setAccessibleText(texts.get("runs.row", it.name(), it.word(), it.sentence()));
  }

  private void offers(HBox place, RunLine line) {
    List<Node> buttons = line.choices().stream().map(offer -> (Node) button(line, offer)).toList();
    place.getChildren().setAll(buttons);
    place.setVisible(!buttons.isEmpty());
    place.setManaged(!buttons.isEmpty());
  }

  private Button button(RunLine line, Offer offer) {
    Button button = new Button(offer.label());
    button.getStyleClass().add("small");
    if (offer.action() == Action.SEND || offer.action() == Action.GO_ON) {
      button.getStyleClass().add("primary");
    }
    if (offer.action() == Action.COPY_CODE) {
      button.setGraphic(new FontIcon("fth-copy"));
    }
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(click -> model.take(line, offer));
    return button;
  }

  private VBox card() {
    number.getStyleClass().add("quiet");
    number.setMinWidth(Region.USE_PREF_SIZE);
    title.getStyleClass().add("strong");
    about.getStyleClass().addAll("quiet", "small");
    about.setMinWidth(Region.USE_PREF_SIZE);
    counts.getStyleClass().add("counts");
    counts.wrappingWidthProperty().bind(widthProperty().subtract(64));
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.getStyleClass().add("thin");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox top = new HBox(8, arrow, number, title, space, about);
    top.setAlignment(Pos.CENTER_LEFT);
    cardOffers.setSpacing(8);
    VBox below = new VBox(6, counts, progress, cardOffers);
    below.getStyleClass().add("below");
    VBox box = new VBox(4, top, below);
    box.getStyleClass().add("run");
    return box;
  }

  private HBox person() {
    name.getStyleClass().add("name");
    badge.setMinWidth(Region.USE_PREF_SIZE);
    sentence.getStyleClass().add("sentence");
    code.getStyleClass().add("mono");
    code.setMinWidth(Region.USE_PREF_SIZE);
    rowOffers.setSpacing(8);
    rowOffers.setAlignment(Pos.CENTER_LEFT);
    rowOffers.setMinWidth(Region.USE_PREF_SIZE);
    HBox badgePlace = new HBox(badge);
    badgePlace.getStyleClass().add("badge-place");
    HBox end = new HBox(8, code, rowOffers);
    end.setAlignment(Pos.CENTER_LEFT);
    end.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox row = new HBox(name, badgePlace, sentence, space, end);
    row.getStyleClass().add("person");
    sentence
        .wrappingWidthProperty()
        .bind(
            widthProperty()
                .subtract(name.widthProperty())
                .subtract(badgePlace.widthProperty())
                .subtract(end.widthProperty())
                .subtract(84));
    return row;
  }
}

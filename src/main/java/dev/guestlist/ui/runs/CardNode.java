package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.Texts;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// A run.
final class CardNode {
  private final Texts texts;
  private final FontIcon arrow = new FontIcon("fth-chevron-right");
  private final Label number = new Label();
  private final Label title = new Label();
  private final Label about = new Label();
  private final Text counts = new Text();
  private final Text why = new Text();
  private final Label pace = new Label();
  private final ProgressBar progress = new ProgressBar();
  private final HBox moving = new HBox(8, progress, pace);
  private final Offers offers;
  private final VBox box;
  private String spoken = "";

  CardNode(RunsViewModel model, Texts texts, ReadOnlyDoubleProperty width) {
    this.texts = texts;
    offers = new Offers(model);
    number.getStyleClass().add("quiet");
    number.setMinWidth(Region.USE_PREF_SIZE);
    title.getStyleClass().add("strong");
    about.getStyleClass().addAll("quiet", "small");
    about.setMinWidth(Region.USE_PREF_SIZE);
    counts.getStyleClass().add("counts");
    why.getStyleClass().add("why");
    counts.wrappingWidthProperty().bind(width.subtract(72));
    why.wrappingWidthProperty().bind(width.subtract(72));
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.getStyleClass().add("thin");
    HBox.setHgrow(progress, Priority.ALWAYS);
    moving.setAlignment(Pos.CENTER_LEFT);
    pace.getStyleClass().addAll("quiet", "small");
    pace.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox top = new HBox(8, arrow, number, title, space, about);
    top.setAlignment(Pos.CENTER_LEFT);
    top.getStyleClass().add("top");
    VBox below = new VBox(6, counts, moving, why, offers);
    below.getStyleClass().add("below");
    box = new VBox(4, top, below);
    box.getStyleClass().add("run");
  }

  Node show(RunLine.Card it) {
    arrow.setIconLiteral(it.open() ? "fth-chevron-down" : "fth-chevron-right");
    number.setText(texts.get("runs.number", it.number()));
    title.setText(it.title());
    about.setText(it.about());
    counts.setText(texts.get("runs.full-stop", it.counts()));
    showing(why, !it.why().isBlank());
    why.setText(it.why());
    showing(moving, it.progress().isPresent());
    progress.setProgress(it.progress().orElse(0));
    pace.setText(it.pace());
    offers.show(it, it.offers());
    spoken = texts.get("runs.card", it.number(), it.title(), it.about(), it.counts(), it.why());
    return box;
  }

  private static void showing(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  String spoken() {
    return spoken;
  }
}

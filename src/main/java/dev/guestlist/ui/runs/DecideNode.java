package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Side;
import java.util.Optional;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// A row that waits for a decision: both sides beside each other, and the choices below.
final class DecideNode {
  private final RunsViewModel model;
  private final Texts texts;
  private final ReadOnlyDoubleProperty width;
  private final Label title = new Label();
  private final Label about = new Label();
  private final Text note = new Text();
  private final SideNode then = new SideNode();
  private final SideNode now = new SideNode();
  private final HBox sides = new HBox(12, then, now);
  private final Text evidence = new Text();
  private final VBox editPlace = new VBox();
  private final Offers offers;
  private final VBox box;
  private Optional<ConflictEdit> edit = Optional.empty();
  private Optional<EditNode> form = Optional.empty();
  private String spoken = "";

  /// One side: a heading, and a line for every fact.
  private final class SideNode extends VBox {
    private final Label heading = new Label();
    private final VBox facts = new VBox(2);

    SideNode() {
      super(4);
      getStyleClass().add("side");
      heading.getStyleClass().add("section");
      getChildren().setAll(heading, facts);
      HBox.setHgrow(this, Priority.ALWAYS);
      setMaxWidth(Double.MAX_VALUE);
      setMinWidth(0);
      setPrefWidth(10);
    }

    void show(Side side) {
      heading.setText(side.heading());
      facts.getChildren().setAll(side.facts().stream().map(this::fact).toList());
    }

    private Node fact(String words) {
      Text fact = new Text(words);
      fact.getStyleClass().add("counts");
      fact.wrappingWidthProperty().bind(width.subtract(190).divide(2));
      return fact;
    }
  }

  DecideNode(RunsViewModel model, Texts texts, ReadOnlyDoubleProperty width) {
    this.model = model;
    this.texts = texts;
    this.width = width;
    offers = new Offers(model);
    title.getStyleClass().add("strong");
    about.getStyleClass().addAll("quiet", "small");
    about.setMinWidth(Region.USE_PREF_SIZE);
    FontIcon sign = new FontIcon("fth-alert-circle");
    sign.getStyleClass().add("sign");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox top = new HBox(8, sign, title, space, about);
    top.setAlignment(Pos.CENTER_LEFT);
    top.getStyleClass().add("top");
    for (Text text : new Text[] {note, evidence}) {
      text.getStyleClass().add("counts");
      text.wrappingWidthProperty().bind(width.subtract(150));
    }
    VBox below = new VBox(8, note, sides, evidence, editPlace, offers);
    below.getStyleClass().add("below");
    box = new VBox(6, top, below);
    box.getStyleClass().add("decide");
  }

  Node show(Decide it) {
    title.setText(it.title());
    about.setText(it.about());
    note.setText(it.note());
    then.show(it.then());
    now.show(it.now());
    evidence.setText(it.evidence());
    showing(sides, !it.folded());
    showing(note, !it.folded());
    showing(evidence, !it.folded() && !it.evidence().isBlank());
    if (!edit.equals(it.edit())) {
      edit = it.edit();
      form = edit.map(of -> new EditNode(model, texts, it, of));
      editPlace.getChildren().setAll(form.stream().toList());
    }
    form.ifPresent(one -> one.show(it));
    showing(editPlace, edit.isPresent() && !it.folded());
    offers.show(it, it.offers());
    spoken =
        texts.get(
            "conflict.card",
            it.title(),
            it.note(),
            it.then().heading(),
            String.join(", ", it.then().facts()),
            it.now().heading(),
            String.join(", ", it.now().facts()));
    return box;
  }

  boolean focusSafest() {
    return offers.focusFirst();
  }

  private static void showing(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  String spoken() {
    return spoken;
  }
}

package dev.guestlist.ui.shell;

import dev.guestlist.model.Connection;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.binding.IntegerBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The left side: the connection, the areas, the tree of organizations.
final class RailView {
  static final double NARROW_WIDTH = 56;
  static final List<Area> AREAS =
      List.of(
          new Area("rail.invitations", "fth-mail", new Screen.Invitations()),
          new Area("rail.accept", "fth-check-square", new Screen.Accept()),
          new Area("rail.members", "fth-users", new Screen.Members()),
          new Area("rail.runs", "fth-send", new Screen.Runs()),
          new Area("rail.board", "fth-grid", new Screen.Board()),
          new Area("rail.activity", "fth-clock", new Screen.Activity()));

  private final MainViewModel model;
  private final Texts texts;
  private final BooleanProperty narrow = new SimpleBooleanProperty();
  private final Parent root;
  @FXML private Label kind;
  @FXML private VBox names;
  @FXML private Label connection;
  @FXML private Label host;
  @FXML private Button settings;
  @FXML private VBox areas;
  @FXML private Label heading;
  @FXML private TreeView<OrganizationNode> tree;
  @FXML private Label nothing;
  @FXML private Label problem;

  /// A screen that the rail leads to.
  record Area(String key, String icon, Screen screen) {}

  RailView(MainViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    Connection of = model.connection();
    KindText text = KindText.of(of.kind(), texts);
    kind.setText(text.letter());
    kind.getStyleClass().add(text.style());
    kind.setAccessibleText(text.word());
    connection.setText(of.name());
    host.setText(texts.get("rail.kind-and-host", text.word(), of.server().getAuthority()));
    if (of.settings().trust() instanceof Connection.Trust.Pinned) {
      FontIcon pinned = new FontIcon("fth-unlock");
      pinned.setIconSize(12);
      host.setGraphic(pinned);
      host.setTooltip(new Tooltip(texts.get("rail.pinned")));
      host.setAccessibleText(host.getText() + ", " + texts.get("rail.pinned"));
    }
    for (int i = 0; i < AREAS.size(); i++) {
      areas.getChildren().add(button(AREAS.get(i), i + 1));
    }
    tree.setShowRoot(true);
    tree.setCellFactory(view -> new OrganizationCell(model, texts));
    tree.addEventFilter(KeyEvent.KEY_PRESSED, this::enter);
    new TypeAhead(tree);
    problem.textProperty().bind(model.rail().problemProperty());
    showWhile(names, narrow.not());
    showWhile(settings, narrow.not());
    showWhile(heading, narrow.not());
    showWhile(tree, narrow.not());
    showWhile(nothing, narrow.not().and(tree.rootProperty().isNull()));
    showWhile(problem, narrow.not().and(problem.textProperty().isNotEmpty()));
    model.rail().topProperty().addListener((property, was, is) -> showTop(is));
    showTop(model.rail().topProperty().get());
    model.pathProperty().addListener((property, was, is) -> tree.refresh());
  }

  Parent root() {
    return root;
  }

  /// Shows icons only, where the window is too small for more.
  void narrow(boolean is) {
    narrow.set(is);
    root.pseudoClassStateChanged(PseudoClass.getPseudoClass("narrow"), is);
  }

  boolean isNarrow() {
    return narrow.get();
  }

  @FXML
  private void connections() {
    model.show(new Screen.Connections(Optional.of(model.connection().id())));
  }

  private ToggleButton button(Area area, int number) {
    String key = Keys.name("Ctrl+" + number);
    Label name = new Label(texts.get(area.key()));
    name.getStyleClass().add("area-name");
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    Label hint = new Label(Integer.toString(number));
    hint.getStyleClass().addAll("quiet", "small");
    showWhile(name, narrow.not());
    showWhile(hint, narrow.not());
    HBox line = new HBox(new FontIcon(area.icon()), name);
    if (area.screen() instanceof Screen.Runs) {
      line.getChildren().addAll(counts());
    }
    line.getChildren().add(hint);
    line.getStyleClass().add("area-line");
    ToggleButton button = new ToggleButton();
    button.setGraphic(line);
    button.getStyleClass().addAll("flat", "area");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAccessibleText(texts.get("rail.area", texts.get(area.key()), key));
    button.setTooltip(new Tooltip(texts.get("rail.area", texts.get(area.key()), key)));
    button.setOnAction(event -> {
      button.setSelected(isOpen(area));
      model.show(area.screen());
    });
    line.prefWidthProperty().bind(button.widthProperty().subtract(20));
    model.areaProperty().addListener((property, was, is) -> button.setSelected(isOpen(area)));
    button.setSelected(isOpen(area));
    return button;
  }

  /// How many rows need a decision, and how many others wait.
  private List<Label> counts() {
    StatusBarViewModel status = model.status();
    IntegerBinding others =
        Bindings.createIntegerBinding(
            () -> status.waitingProperty().get() - status.decisionsProperty().get(),
            status.waitingProperty(),
            status.decisionsProperty());
    Label asks = new Label();
    asks.getStyleClass().addAll("count", "asks");
    asks.textProperty()
        .bind(status.decisionsProperty().map(asked -> texts.get("rail.decisions", asked)));
    showWhile(asks, narrow.not().and(Bindings.greaterThan(status.decisionsProperty(), 0)));
    Label count = new Label();
    count.getStyleClass().add("count");
    count.textProperty().bind(others.asString());
    showWhile(count, narrow.not().and(others.greaterThan(0)));
    return List.of(asks, count);
  }

  private static void showWhile(Node part, BooleanExpression shown) {
    part.visibleProperty().bind(shown);
    part.managedProperty().bind(shown);
  }

  private boolean isOpen(Area area) {
    return model.areaProperty().get().equals(area.screen());
  }

  private void showTop(Optional<OrganizationNode> top) {
    tree.setRoot(top.map(node -> new OrganizationItem(node, model.rail())).orElse(null));
  }

  private void enter(KeyEvent event) {
    var chosen = tree.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && chosen != null && chosen.getValue() != null) {
      model.go(chosen.getValue().id());
      event.consume();
    }
  }
}

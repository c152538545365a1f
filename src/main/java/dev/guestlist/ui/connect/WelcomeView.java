package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Texts;
import javafx.beans.Observable;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The start page.
public final class WelcomeView {
  private final WelcomeViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private Button practise;
  @FXML private Button connect;
  @FXML private HBox progressLine;
  @FXML private Label progress;
  @FXML private Band failure;
  @FXML private VBox known;
  @FXML private VBox connections;

  public WelcomeView(WelcomeViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    practise.disableProperty().bind(model.busyProperty());
    connect.disableProperty().bind(model.busyProperty());
    progress.textProperty().bind(model.progressProperty());
    showWhile(progressLine, model.progressProperty().isNotEmpty());
    failure.textProperty().bind(model.failureProperty());
    model.connections().addListener((Observable list) -> showConnections());
    showConnections();
  }

  public Parent root() {
    return root;
  }

  private static void showWhile(Node node, ObservableValue<Boolean> shown) {
    node.visibleProperty().bind(shown);
    node.managedProperty().bind(shown);
  }

  private void showConnections() {
    connections.getChildren().setAll(model.connections().stream().map(this::line).toList());
    known.setVisible(!model.connections().isEmpty());
    known.setManaged(known.isVisible());
  }

  private HBox line(Connection connection) {
    KindText kind = KindText.of(connection.kind(), texts);
    Label square = new Label(kind.letter());
    square.getStyleClass().addAll("kind-square", kind.style());
    Label name = new Label(connection.name());
    name.getStyleClass().add("strong");
    Label host =
        new Label(texts.get("rail.kind-and-host", kind.word(), connection.server().getAuthority()));
    host.getStyleClass().addAll("quiet", "small");
    VBox words = new VBox(name, host);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button open = new Button(texts.get("welcome.open"));
    open.setAccessibleText(texts.get("welcome.open-named", connection.name()));
    open.disableProperty().bind(model.busyProperty());
    open.setOnAction(event -> model.open(connection));
    HBox line = new HBox(square, words, open);
    line.getStyleClass().add("connection-line");
    return line;
  }

  @FXML
  private void practise() {
    model.practise();
  }

  @FXML
  private void connect() {
    model.connect();
  }
}

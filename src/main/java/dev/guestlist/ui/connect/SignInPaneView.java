package dev.guestlist.ui.connect;

import dev.guestlist.service.Runs.OthersWaiting;
import dev.guestlist.ui.connect.SignInPaneViewModel.Stage;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The pane for signing in, above the work; it takes no room while there is nothing to say.
public final class SignInPaneView {
  private final SignInPaneViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private VBox pane;
  @FXML private FontIcon icon;
  @FXML private ProgressIndicator turning;
  @FXML private Label headline;
  @FXML private Label below;
  @FXML private Button open;
  @FXML private Button copy;
  @FXML private Button again;
  @FXML private Button edit;
  @FXML private Button cancel;
  @FXML private HBox deviceLine;
  @FXML private Label code;
  @FXML private VBox pasteLine;
  @FXML private TextField pasted;
  @FXML private Label pasteNote;
  @FXML private VBox tokenLine;
  @FXML private PasswordField token;
  @FXML private VBox others;

  public SignInPaneView(SignInPaneViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    pasted.textProperty().bindBidirectional(model.pastedProperty());
    token.textProperty().bindBidirectional(model.tokenProperty());
    pasteNote.textProperty().bind(model.pasteNoteProperty());
    pasteNote.visibleProperty().bind(model.pasteNoteProperty().isNotEmpty());
    pasteNote.managedProperty().bind(pasteNote.visibleProperty());
    model.stageProperty().subscribe(this::show);
    model.timeLeftProperty().subscribe(left -> showWords(model.stageProperty().get()));
    model.othersProperty().subscribe(this::showOthers);
  }

  public Parent root() {
    return root;
  }

  private void show(Stage stage) {
    boolean browser = stage instanceof Stage.Browser;
    boolean device = stage instanceof Stage.Device;
    boolean failed = stage instanceof Stage.Failed;
    boolean busy = stage instanceof Stage.Busy;
    shown(pane, !(stage instanceof Stage.Away));
    shown(turning, busy);
    shown(icon, !busy);
    icon.setIconLiteral(failed ? "fth-alert-octagon" : "fth-log-in");
    shown(open, browser || device);
    open.setText(texts.get(device ? "sign-in.open" : "sign-in.open-again"));
    shown(copy, browser || device);
    shown(again, failed);
    shown(edit, failed);
    cancel.setText(texts.get(failed ? "sign-in.close" : "sign-in.cancel"));
    shown(deviceLine, device);
    shown(pasteLine, browser);
    shown(tokenLine, stage instanceof Stage.Token);
    pane.getStyleClass().remove("failed");
    if (failed) {
      pane.getStyleClass().add("failed");
    }
    if (stage instanceof Stage.Device now) {
      code.setText(now.code().userCode());
    }
    showWords(stage);
    if (stage instanceof Stage.Token) {
      token.requestFocus();
    }
  }

  private void showWords(Stage stage) {
    String left = model.timeLeftProperty().get();
    String name = model.connectionName();
    switch (stage) {
      case Stage.Away ignored -> words("", "");
      case Stage.Browser ignored ->
          words(texts.get("sign-in.in-browser", left), texts.get("sign-in.at", name));
      case Stage.Device device ->
          words(
              texts.get("sign-in.device", left),
              texts.get("sign-in.device.text", device.code().address().toString()));
      case Stage.Token ignored ->
          words(texts.get("sign-in.token"), texts.get("sign-in.token.text"));
      case Stage.Busy busy -> words(busy.words(), texts.get("sign-in.at", name));
      case Stage.Failed failed -> words(failed.why().sentence(), failed.why().next());
    }
  }

  private void words(String first, String second) {
    headline.setText(first);
    below.setText(second);
    shown(below, !second.isBlank());
  }

  private void showOthers(List<OthersWaiting> waiting) {
    others.getChildren().setAll(waiting.stream().map(this::card).toList());
    shown(others, !waiting.isEmpty());
  }

  private Band card(OthersWaiting waiting) {
    String whose = waiting.account();
    String me = model.account();
    Band band = new Band();
    band.setKind(Band.Kind.WARNING);
    band.setText(texts.get("others.waiting", whose, me, waiting.rows()));
    band.getButtons()
        .setAll(
            button(texts.get("others.keep", whose), () -> model.keep(waiting)),
            button(texts.get("others.send", me), () -> model.sendAsMe(waiting)),
            button(texts.get("others.discard"), () -> model.discard(waiting)));
    return band;
  }

  private static Button button(String text, Runnable action) {
    Button button = new Button(text);
    button.setMnemonicParsing(false);
    button.setOnAction(event -> action.run());
    return button;
  }

  private static void shown(Node node, boolean yes) {
    node.setVisible(yes);
    node.setManaged(yes);
  }

  @FXML
  private void openAddress() {
    model.openAddress();
  }

  @FXML
  private void copyAddress() {
    model.copyAddress();
  }

  @FXML
  private void copyCode() {
    model.copyCode();
  }

  @FXML
  private void again() {
    model.begin();
  }

  @FXML
  private void editConnection() {
    model.editConnection();
  }

  @FXML
  private void cancel() {
    model.cancel();
  }

  @FXML
  private void useAddress() {
    model.useAddress();
  }

  @FXML
  private void useToken() {
    model.useToken();
  }
}

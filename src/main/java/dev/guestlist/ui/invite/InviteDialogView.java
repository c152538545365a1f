package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The invite panel: one page to fill in, then the outcome of everybody in its place.
public final class InviteDialogView {
  private final InviteDialogViewModel model;
  private final Texts texts;
  private final Parent root;
  private final ChipsField people;

  @FXML private Label title;
  @FXML private Label way;
  @FXML private Band draft;
  @FXML private VBox formFoot;
  @FXML private StackPane peoplePlace;
  @FXML private Label peopleLine;
  @FXML private HBox pickers;
  @FXML private Label offer;
  @FXML private Label warning;
  @FXML private RadioButton inviteByMail;
  @FXML private RadioButton inviteWithCodes;
  @FXML private Label mailReason;
  @FXML private TextField note;
  @FXML private Label future;
  @FXML private VBox guard;
  @FXML private Label guardText;
  @FXML private TextField guardField;
  @FXML private Label reason;
  @FXML private Button inviteSend;
  @FXML private ScrollPane formScroll;
  @FXML private VBox outcome;
  @FXML private VBox outcomeFoot;
  @FXML private Label headline;
  @FXML private Band held;
  @FXML private ScrollPane lines;
  @FXML private Label codes;
  @FXML private Button copyAll;
  @FXML private Button again;
  @FXML private Button goOn;

  public InviteDialogView(InviteDialogViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.people = new ChipsField(model, texts);
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    title.textProperty().bind(model.titleProperty());
    way.textProperty().bind(model.wayProperty());
    draft.textProperty().bind(model.draftTextProperty());
    draft
        .getButtons()
        .addAll(
            button("invite.draft.take", model::takeUpDraft),
            button("invite.draft.discard", model::discardDraft));
    peoplePlace.getChildren().setAll(people);
    peopleLine.textProperty().bind(model.peopleProperty());
    pickers
        .getChildren()
        .setAll(
            growing(
                new Picker(
                    model.groups(),
                    "inviteGroups",
                    texts.get("invite.groups"),
                    texts.get("invite.groups.search"),
                    texts.get("invite.groups.none"),
                    texts)),
            growing(
                new Picker(
                    model.roles(),
                    "inviteRoles",
                    texts.get("invite.roles"),
                    texts.get("invite.roles.search"),
                    texts.get("invite.roles.none"),
                    texts)));
    line(offer, model.offerProperty());
    line(warning, model.warningProperty());
    ToggleGroup message = new ToggleGroup();
    inviteByMail.setToggleGroup(message);
    inviteWithCodes.setToggleGroup(message);
    inviteByMail.setSelected(model.serverMailsProperty().get());
    inviteWithCodes.setSelected(!model.serverMailsProperty().get());
    inviteByMail.selectedProperty().bindBidirectional(model.serverMailsProperty());
    model
        .serverMailsProperty()
        .addListener((property, was, is) -> inviteWithCodes.setSelected(!is));
    mailReason.textProperty().bind(model.mailReasonProperty());
    model
        .mailReasonProperty()
        .addListener((property, was, is) -> inviteWithCodes.setDisable(!model.keepsCodes()));
    note.textProperty().bindBidirectional(model.noteProperty());
    future.textProperty().bind(model.futureProperty());
    shown(guard, model.guardTextProperty().isNotEmpty());
    guardText.textProperty().bind(model.guardTextProperty());
    guardField.textProperty().bindBidirectional(model.guardProperty());
    line(reason, model.reasonProperty());
    inviteSend.textProperty().bind(model.sendTextProperty());
    inviteSend.disableProperty().bind(model.reasonProperty().isNotEmpty());
    model.resultProperty().addListener((property, was, is) -> show(is));
    show(model.resultProperty().get());
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void send() {
    model.send();
  }

  @FXML
  private void close() {
    model.closePanel();
  }

  @FXML
  private void more() {
    model.inviteMore();
    people.input().requestFocus();
  }

  @FXML
  private void tryAgain() {
    model.again();
    people.input().requestFocus();
  }

  @FXML
  private void keys(KeyEvent event) {
    boolean sends =
        event.getCode() == KeyCode.ENTER
            && event.isShortcutDown()
            && model.resultProperty().get().isEmpty();
    if (sends) {
      model.send();
      event.consume();
    }
  }

  private void show(Optional<InviteResult> result) {
    boolean sent = result.isPresent();
    set(formScroll, !sent);
    set(formFoot, !sent);
    set(outcome, sent);
    set(outcomeFoot, sent);
    result.ifPresent(this::follow);
  }

  private void follow(InviteResult result) {
    headline.textProperty().bind(result.headlineProperty());
    held.textProperty().bind(result.heldProperty());
    shown(goOn, result.mayGoOnProperty());
    goOn.setOnAction(event -> result.goOn());
    lines.setContent(new ResultList(result, texts));
    line(codes, result.codesProperty());
    shown(copyAll, result.codesProperty().isNotEmpty());
    copyAll.setOnAction(event -> result.copyAllCodes());
    shown(again, result.againProperty().isNotEmpty());
    again.textProperty().bind(result.againProperty());
    outcomeFoot.requestFocus();
  }

  private static Picker growing(Picker picker) {
    HBox.setHgrow(picker, Priority.ALWAYS);
    return picker;
  }

  private Button button(String key, Runnable action) {
    Button button = new Button(texts.get(key));
    button.setOnAction(event -> action.run());
    return button;
  }

  /// A label that takes no room while it has nothing to say.
  private static void line(Label label, ObservableValue<String> text) {
    label.textProperty().bind(text);
    shown(label, Bindings.createBooleanBinding(() -> !text.getValue().isBlank(), text));
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }

  private static void set(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}

package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection.Colour;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.ui.connect.ConnectionForm.ProxyChoice;
import dev.guestlist.ui.connect.ConnectionForm.TrustChoice;
import dev.guestlist.ui.connect.FormErrors.Field;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Texts;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The form of one connection.
final class EditorView {
  private final EditorViewModel model;
  private final ConnectionForm form;
  private final Texts texts;
  private final Parent root;
  @FXML private Region strip;
  @FXML private Label title;
  @FXML private Label kindWord;
  @FXML private Band fixed;
  @FXML private Band failure;
  @FXML private VBox fields;
  @FXML private FormRow nameRow;
  @FXML private TextField name;
  @FXML private CheckBox favourite;
  @FXML private FormRow kindRow;
  @FXML private HBox kinds;
  @FXML private HBox colours;
  @FXML private FormRow addressRow;
  @FXML private TextField address;
  @FXML private FormRow rootRow;
  @FXML private TextField rootOrganization;
  @FXML private FormRow startRow;
  @FXML private TextField startIn;
  @FXML private VBox ways;
  @FXML private FormRow clientRow;
  @FXML private TextField clientId;
  @FXML private FormRow secretRow;
  @FXML private Label secretState;
  @FXML private PasswordField secret;
  @FXML private Button secretChange;
  @FXML private Button secretForget;
  @FXML private FormRow stayRow;
  @FXML private CheckBox staySignedIn;
  @FXML private ToggleButton more;
  @FXML private FontIcon moreIcon;
  @FXML private VBox moreFields;
  @FXML private CheckBox readOnly;
  @FXML private FormRow linkRow;
  @FXML private TextField acceptLink;
  @FXML private FormRow lifetimeRow;
  @FXML private TextField lifetime;
  @FXML private FormRow requestsRow;
  @FXML private TextField requests;
  @FXML private FormRow trustRow;
  @FXML private RadioButton trustSystem;
  @FXML private RadioButton trustFileChoice;
  @FXML private HBox trustFileLine;
  @FXML private TextField trustFile;
  @FXML private RadioButton trustPinned;
  @FXML private HBox pinnedLine;
  @FXML private Label fingerprint;
  @FXML private FormRow proxyRow;
  @FXML private RadioButton proxySystem;
  @FXML private RadioButton proxyNone;
  @FXML private RadioButton proxyThrough;
  @FXML private VBox proxyFields;
  @FXML private TextField proxyHost;
  @FXML private TextField proxyPort;
  @FXML private TextField proxyUser;
  @FXML private PasswordField proxyPassword;
  @FXML private FormRow discoveryRow;
  @FXML private TextField discovery;
  @FXML private StackPane testPlace;
  @FXML private Button copy;
  @FXML private Button remove;
  @FXML private Label unsaved;
  @FXML private Button cancel;
  @FXML private Button save;
  @FXML private Button saveAndSignIn;

  EditorView(EditorViewModel model, Texts texts) {
    this.model = model;
    this.form = model.form();
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    title.textProperty().bind(model.titleProperty());
    failure.textProperty().bind(model.failureProperty());
    fixed.setText(model.fixed() ? texts.get("connection.fixed") : "");
    form.kind.subscribe(this::showKind);
    bindFields();
    kindChoices();
    colourChoices();
    wayChoices();
    trustAndProxy();
    secret();
    model.errorsProperty().subscribe(this::showErrors);
    addressRow.hintProperty().bind(model.understoodProperty());
    moreFields.visibleProperty().bind(more.selectedProperty());
    moreFields.managedProperty().bind(more.selectedProperty());
    more.selectedProperty()
        .subscribe(
            open -> moreIcon.setIconLiteral(open ? "fth-chevron-down" : "fth-chevron-right"));
    more.setSelected(model.moreOpen());
    testPlace.getChildren().setAll(new TestView(model.test(), texts).root());
    fields.setDisable(model.fixed());
    unsaved
        .textProperty()
        .bind(model.changed().map(yes -> yes ? texts.get("connection.unsaved") : ""));
    save.disableProperty().bind(model.busyProperty().or(model.changed().not()));
    saveAndSignIn.disableProperty().bind(model.busyProperty());
    saveAndSignIn
        .textProperty()
        .bind(
            model
                .changed()
                .map(yes -> texts.get(yes ? "connection.save-and-sign-in" : "connection.sign-in")));
    cancel.disableProperty().bind(model.changed().not().and(model.keptProperty()));
    copy.disableProperty().bind(model.keptProperty().not());
    copy.setVisible(!model.fixed());
    remove.disableProperty().bind(model.keptProperty().not());
  }

  Parent root() {
    return root;
  }

  /// Puts the focus where typing begins.
  void focusFirst() {
    name.requestFocus();
  }

  private void bindFields() {
    name.textProperty().bindBidirectional(form.name);
    favourite.selectedProperty().bindBidirectional(form.favourite);
    address.textProperty().bindBidirectional(form.address);
    rootOrganization.textProperty().bindBidirectional(form.root);
    startIn.textProperty().bindBidirectional(form.startIn);
    clientId.textProperty().bindBidirectional(form.clientId);
    staySignedIn.selectedProperty().bindBidirectional(form.staySignedIn);
    readOnly.selectedProperty().bindBidirectional(form.readOnly);
    acceptLink.textProperty().bindBidirectional(form.acceptLink);
    lifetime.textProperty().bindBidirectional(form.lifetime);
    requests.textProperty().bindBidirectional(form.requests);
    trustFile.textProperty().bindBidirectional(form.trustFile);
    proxyHost.textProperty().bindBidirectional(form.proxyHost);
    proxyPort.textProperty().bindBidirectional(form.proxyPort);
    proxyUser.textProperty().bindBidirectional(form.proxyUser);
    discovery.textProperty().bindBidirectional(form.discovery);
    linkRow.setHint(texts.get("connection.link.hint"));
    acceptLink.setPromptText(texts.get("connection.link.prompt"));
  }

  private void showKind(Kind kind) {
    KindText text = KindText.of(kind, texts);
    strip.getStyleClass().setAll("kind-strip", text.style());
    kindWord.getStyleClass().setAll("label", "kind-word", text.style());
    kindWord.setText(text.word());
    kindRow.setHint(kind == Kind.PRODUCTION ? texts.get("connection.kind.production.hint") : "");
  }

  private void kindChoices() {
    Choices<Kind> choices = new Choices<>(form.kind);
    if (model.fixed()) {
      kinds.getChildren().add(choices.radio(Kind.PRACTICE, texts.get("kind.practice")));
      return;
    }
    RadioButton test = choices.radio(Kind.TEST, texts.get("connection.kind.test"));
    RadioButton production =
        choices.radio(Kind.PRODUCTION, texts.get("connection.kind.production"));
    production.setId("kindProduction");
    kinds.getChildren().addAll(test, production);
  }

  private void colourChoices() {
    Choices<Colour> choices = new Choices<>(form.colour);
    for (Colour colour : Colour.values()) {
      ToggleButton swatch = choices.swatch(colour, ConnectionSquare.name(colour, texts));
      swatch.getStyleClass().addAll("swatch", ConnectionSquare.style(colour));
      colours.getChildren().add(swatch);
    }
  }

  private void wayChoices() {
    Choices<SignInWay> choices = new Choices<>(form.way);
    for (SignInWay way : SignInWay.values()) {
      Label sentence = new Label(WayText.sentence(way, texts));
      sentence.getStyleClass().addAll("quiet", "small", "under-choice");
      sentence.setWrapText(true);
      sentence.setMinHeight(Region.USE_PREF_SIZE);
      ways.getChildren().add(new VBox(choices.radio(way, WayText.name(way, texts)), sentence));
    }
    form.way.subscribe(way -> {
      shown(secretRow, way != SignInWay.PASTED_TOKEN);
      shown(stayRow, way != SignInWay.PASTED_TOKEN && way != SignInWay.TECHNICAL_ACCOUNT);
    });
  }

  private void trustAndProxy() {
    Choices<TrustChoice> trust = new Choices<>(form.trust);
    trust.take(trustSystem, TrustChoice.SYSTEM);
    trust.take(trustFileChoice, TrustChoice.FILE);
    trust.take(trustPinned, TrustChoice.PINNED);
    showWhile(trustFileLine, form.trust.map(choice -> choice == TrustChoice.FILE));
    showWhile(pinnedLine, form.pinned.map(print -> !print.isEmpty()));
    showWhile(trustPinned, form.pinned.map(print -> !print.isEmpty()));
    fingerprint.textProperty().bind(form.pinned.map(Fingerprint::grouped));
    Choices<ProxyChoice> proxy = new Choices<>(form.proxy);
    proxy.take(proxySystem, ProxyChoice.SYSTEM);
    proxy.take(proxyNone, ProxyChoice.NONE);
    proxy.take(proxyThrough, ProxyChoice.THROUGH);
    showWhile(proxyFields, form.proxy.map(choice -> choice == ProxyChoice.THROUGH));
    proxyPassword.textProperty().bindBidirectional(model.proxyPasswordProperty());
    proxyPassword
        .promptTextProperty()
        .bind(
            model
                .proxyPasswordKeptProperty()
                .map(kept ->
                    texts.get(
                        kept ? "connection.proxy.password.kept" : "connection.proxy.password")));
  }

  private void secret() {
    secretState.textProperty().bind(model.secretStateProperty());
    secret.textProperty().bindBidirectional(model.secretProperty());
    showWhile(secret, model.changingSecretProperty());
    showWhile(secretState, model.changingSecretProperty().not());
    secretChange
        .textProperty()
        .bind(
            model
                .changingSecretProperty()
                .flatMap(changing ->
                    model
                        .secretKeptProperty()
                        .map(kept ->
                            texts.get(
                                changing
                                    ? "connection.secret.leave"
                                    : kept
                                        ? "connection.secret.change"
                                        : "connection.secret.type"))));
    showWhile(secretForget, model.secretKeptProperty().and(model.changingSecretProperty().not()));
  }

  private void showErrors(Map<Field, String> errors) {
    Map.ofEntries(
            Map.entry(Field.NAME, nameRow),
            Map.entry(Field.ADDRESS, addressRow),
            Map.entry(Field.ROOT, rootRow),
            Map.entry(Field.START_IN, startRow),
            Map.entry(Field.CLIENT_ID, clientRow),
            Map.entry(Field.SECRET, secretRow),
            Map.entry(Field.ACCEPT_LINK, linkRow),
            Map.entry(Field.LIFETIME, lifetimeRow),
            Map.entry(Field.REQUESTS, requestsRow),
            Map.entry(Field.TRUST, trustRow),
            Map.entry(Field.PROXY, proxyRow),
            Map.entry(Field.DISCOVERY, discoveryRow))
        .forEach((field, row) -> row.setError(errors.getOrDefault(field, "")));
    if (errors.keySet().stream().anyMatch(Field::underMore)) {
      more.setSelected(true);
    }
  }

  private static void shown(Node node, boolean yes) {
    node.setVisible(yes);
    node.setManaged(yes);
  }

  private static void showWhile(Node node, ObservableValue<Boolean> yes) {
    node.visibleProperty().bind(yes);
    node.managedProperty().bind(yes);
  }

  @FXML
  private void changeSecret() {
    model.changeSecret();
    if (model.changingSecretProperty().get()) {
      secret.requestFocus();
    }
  }

  @FXML
  private void forgetSecret() {
    model.forgetSecret();
  }

  @FXML
  private void chooseTrustFile() {
    model.chooseTrustFile();
  }

  @FXML
  private void removePin() {
    model.removePin();
  }

  @FXML
  private void sheet() {
    model.sheet();
  }

  @FXML
  private void copy() {
    model.copy();
  }

  @FXML
  private void remove() {
    model.remove();
  }

  @FXML
  private void cancel() {
    model.cancel();
  }

  @FXML
  private void save() {
    model.save(false);
  }

  @FXML
  private void saveAndSignIn() {
    model.save(true);
  }
}

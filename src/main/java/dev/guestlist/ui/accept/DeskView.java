package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The small window for codes: ticket, field, cards, one button, and the tally of the day.
public final class DeskView {
  private static final PseudoClass COUNTING = PseudoClass.getPseudoClass("counting");

  private final DeskViewModel model;
  private final AcceptViewModel codes;
  private final Texts texts;
  private final Parent root;
  private final Timeline clock;
  private final CodeField field;

  @FXML private VBox pane;
  @FXML private TextField ticket;
  @FXML private StatusBadge link;
  @FXML private Band band;
  @FXML private StackPane fieldPlace;
  @FXML private Button check;
  @FXML private Label found;
  @FXML private ProgressBar progress;
  @FXML private ListView<DeskViewModel.Card> cards;
  @FXML private VBox act;
  @FXML private FlowPane ways;
  @FXML private HBox acceptWay;
  @FXML private Button accept;
  @FXML private Label acceptKey;
  @FXML private Button keep;
  @FXML private Button stop;
  @FXML private StackPane assurePlace;
  @FXML private Label message;
  @FXML private Label today;
  @FXML private Button copy;

  public DeskView(DeskViewModel model, Texts texts) {
    this.model = model;
    this.codes = model.codes();
    this.texts = texts;
    this.field = new CodeField(codes);
    this.clock = new Timeline(new KeyFrame(Duration.millis(200), tick -> codes.tick()));
    this.root = Fxml.load(this, texts);
    keys();
  }

  @FXML
  private void initialize() {
    clock.setCycleCount(Animation.INDEFINITE);
    codes
        .countingProperty()
        .subscribe(counts -> {
          act.pseudoClassStateChanged(COUNTING, counts);
          if (counts) {
            clock.play();
          } else {
            clock.stop();
          }
        });
    ticket.textProperty().bindBidirectional(codes.notes().ticketProperty());
    model.linkProperty().subscribe(it -> link.show(it.glyph(), it.word(), it.style()));
    band.textProperty().bind(codes.bandProperty());
    band.kindProperty()
        .bind(
            Bindings.when(codes.offlineProperty())
                .then(Band.Kind.OFFLINE)
                .otherwise(Band.Kind.WARNING));
    field.setPromptText(texts.get("desk.field"));
    field.setAccessibleText(texts.get("accept.field.name"));
    fieldPlace.getChildren().add(field);
    check.disableProperty().bind(codes.canCheckProperty().not());
    says(found, codes.foundProperty());
    progress.visibleProperty().bind(codes.checkingProperty());
    cards.setItems(model.cards());
    cards.setCellFactory(list -> new DeskCell(codes, texts));
    assurePlace.getChildren().add(new Assurance(codes, texts));
    accept.disableProperty().bind(codes.acceptReasonProperty().isNotEmpty());
    accept.textProperty().bind(model.acceptTextProperty());
    shown(acceptWay, model.acceptTextProperty().isNotEmpty());
    acceptKey
        .textProperty()
        .bind(
            Bindings.when(model.acceptsOneProperty())
                .then(texts.get("accept.check.key"))
                .otherwise(texts.get("accept.accept.key")));
    keep.textProperty().bind(codes.keepTextProperty());
    shown(keep, codes.keepTextProperty().isNotEmpty());
    shown(stop, codes.countingProperty());
    says(message, codes.messageProperty());
    today.textProperty().bind(codes.todayProperty());
    shown(copy, codes.hasReportProperty());
    codes.onOver(field::forgetClipboard);
    FileDrop.on(pane, codes::checkFiles);
    cards.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          DeskViewModel.Card card = cards.getSelectionModel().getSelectedItem();
          if (key.getCode() == KeyCode.ENTER && card != null && card.row().offer().isPresent()) {
            codes.take(card.row());
            key.consume();
          }
        });
    ObservableValue<Boolean> anyWay =
        acceptWay
            .visibleProperty()
            .or(keep.visibleProperty())
            .or(stop.visibleProperty())
            .or(copy.visibleProperty());
    shown(ways, anyWay);
    shown(
        act,
        ways.visibleProperty()
            .or(message.visibleProperty())
            .or(codes.withoutTextProperty().isNotEmpty()));
    codes.onFocus(place -> {
      if (ticket.isFocused()) {
        return; // somebody writes there
      }
      switch (place) {
        case FIELD -> field.takeKeyboard();
        case ACCEPT -> accept.requestFocus();
      }
    });
    SpellingPopup.on(pane, this::spelled, codes.remembered(), texts);
  }

  public Parent root() {
    return root;
  }

  /// Puts the keyboard where the next code goes.
  public void focusField() {
    field.requestFocus();
  }

  /// Stops what moves by itself.
  public void close() {
    clock.stop();
  }

  @FXML
  private void check() {
    codes.check();
  }

  @FXML
  private void accept() {
    codes.accept();
  }

  @FXML
  private void keep() {
    codes.keep();
  }

  @FXML
  private void stop() {
    codes.stop();
  }

  @FXML
  private void copy() {
    codes.copyForTicket();
  }

  @FXML
  private void more() {
    model.more();
  }

  private Optional<String> spelled() {
    DeskViewModel.Card chosen = cards.getSelectionModel().getSelectedItem();
    Optional<AcceptRow> row =
        chosen == null && model.cards().size() == 1
            ? Optional.of(model.cards().getFirst().row())
            : Optional.ofNullable(chosen).map(DeskViewModel.Card::row);
    return SpellingPopup.codeOf(codes.inputProperty().get(), row);
  }

  private void keys() {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.ENTER && key.isShortcutDown()) {
            codes.goOn();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE && codes.stop()) {
            key.consume();
          }
        });
    field.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (plainEnter(key) && codes.inputProperty().get().isBlank()) {
            model.enter();
            key.consume();
          }
        });
    ticket.setOnAction(enter -> {
      field.takeKeyboard();
      codes.check();
    });
    accept.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (plainEnter(key)) {
            codes.accept();
            key.consume();
          }
        });
    cards.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          DeskViewModel.Card card = cards.getSelectionModel().getSelectedItem();
          if (key.getCode() == KeyCode.SPACE && card != null) {
            int place = cards.getSelectionModel().getSelectedIndex();
            codes.tick(card.row(), !card.row().ticked());
            cards.getSelectionModel().select(place);
            key.consume();
          } else if (plainEnter(key)) {
            model.enter();
            key.consume();
          }
        });
  }

  private static boolean plainEnter(KeyEvent key) {
    return key.getCode() == KeyCode.ENTER
        && !key.isShiftDown()
        && !key.isShortcutDown()
        && !key.isAltDown();
  }

  private static void says(Label label, ObservableValue<String> text) {
    label.textProperty().bind(text);
    label.accessibleTextProperty().bind(text);
    shown(label, text.map(words -> !words.isEmpty()));
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }
}

package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.util.Duration;

/// The pane for codes: a field that takes anything, the table of what was found, and one button.
public final class AcceptView {
  private static final PseudoClass APART = PseudoClass.getPseudoClass("apart");
  private static final PseudoClass COUNTING = PseudoClass.getPseudoClass("counting");

  private final AcceptViewModel model;
  private final Texts texts;
  private final Parent root;
  private final Timeline clock;

  @FXML private VBox pane;
  @FXML private Band band;
  @FXML private Label today;
  @FXML private StackPane fieldPlace;
  private Consumer<Boolean> hideSpelling = hidden -> {};
  @FXML private TextField ticket;
  @FXML private TextField note;
  @FXML private MenuButton options;
  @FXML private Label found;
  @FXML private Button check;
  @FXML private ProgressBar progress;
  @FXML private TableView<AcceptRow> table;
  @FXML private TableColumn<AcceptRow, AcceptRow> tick;
  @FXML private TableColumn<AcceptRow, String> code;
  @FXML private TableColumn<AcceptRow, String> person;
  @FXML private TableColumn<AcceptRow, AcceptRow> into;
  @FXML private TableColumn<AcceptRow, String> gets;
  @FXML private TableColumn<AcceptRow, AcceptRow> state;
  @FXML private VBox foot;
  @FXML private StackPane assurePlace;
  @FXML private Button accept;
  @FXML private Label acceptKey;
  @FXML private Button keep;
  @FXML private Button stop;
  @FXML private Label message;
  @FXML private Button copy;
  @FXML private Button clear;

  private final CodeField field;

  public AcceptView(AcceptViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.field = new CodeField(model);
    this.clock = new Timeline(new KeyFrame(Duration.millis(200), tick -> model.tick()));
    this.root = Fxml.load(this, texts);
    keys();
  }

  @FXML
  private void initialize() {
    field
        .sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            field.requestFocus();
          }
        });
    clock.setCycleCount(Animation.INDEFINITE);
    field.setPromptText(texts.get("accept.field"));
    field.setAccessibleText(texts.get("accept.field.name"));
    fieldPlace.getChildren().add(field);
    ticket.textProperty().bindBidirectional(model.notes().ticketProperty());
    note.textProperty().bindBidirectional(model.notes().noteProperty());
    new DeskOptions(texts, model.notes()).fill(options);
    band.textProperty().bind(model.bandProperty());
    band.kindProperty()
        .bind(
            Bindings.when(model.offlineProperty())
                .then(Band.Kind.OFFLINE)
                .otherwise(Band.Kind.WARNING));
    today.textProperty().bind(model.todayProperty());
    found.textProperty().bind(model.foundProperty());
    shown(found, model.foundProperty().isNotEmpty());
    check.disableProperty().bind(model.canCheckProperty().not());
    progress.visibleProperty().bind(model.checkingProperty());
    message.textProperty().bind(model.messageProperty());
    shown(message, model.messageProperty().isNotEmpty());
    message.accessibleTextProperty().bind(model.messageProperty());
    shown(accept, model.acceptTextProperty().isNotEmpty());
    accept.textProperty().bind(model.acceptTextProperty());
    accept.disableProperty().bind(model.acceptReasonProperty().isNotEmpty());
    assurePlace.getChildren().add(new Assurance(model, texts));
    shown(keep, model.keepTextProperty().isNotEmpty());
    keep.textProperty().bind(model.keepTextProperty());
    shown(acceptKey, model.acceptTextProperty().isNotEmpty());
    shown(stop, model.countingProperty());
    model.countingProperty().subscribe(counts -> foot.pseudoClassStateChanged(COUNTING, counts));
    shown(copy, model.hasReportProperty());
    shown(clear, Bindings.isNotEmpty(model.rows()));
    shown(foot, Bindings.isNotEmpty(model.rows()).or(model.messageProperty().isNotEmpty()));
    table.setItems(model.rows());
    columns();
    model
        .countingProperty()
        .addListener((property, was, counts) -> {
          if (counts) {
            clock.play();
          } else {
            clock.stop();
          }
        });
    model.onOver(field::forgetClipboard);
    hideSpelling = SpellingPopup.on(pane, this::spelled, model.remembered(), texts)::hide;
    model.onFocus(place -> {
      if (ticket.isFocused() || note.isFocused()) {
        return; // somebody writes there
      }
      switch (place) {
        case FIELD -> field.takeKeyboard();
        case ACCEPT -> accept.requestFocus();
      }
    });
  }

  public Parent root() {
    return root;
  }

  /// Stops what moves by itself.
  public void close() {
    clock.stop();
  }

  /// Hides what stands in the field, or shows it again; nothing of it is lost.
  public void hideCodes(boolean hidden) {
    field.setVisible(!hidden);
    hideSpelling.accept(hidden);
  }

  private Optional<String> spelled() {
    AcceptRow chosen = table.getSelectionModel().getSelectedItem();
    return SpellingPopup.codeOf(model.inputProperty().get(), Optional.ofNullable(chosen));
  }

  @FXML
  private void desk() {
    model.showDesk();
  }

  @FXML
  private void check() {
    model.check();
  }

  @FXML
  private void accept() {
    model.accept();
  }

  @FXML
  private void keep() {
    model.keep();
  }

  @FXML
  private void stop() {
    model.stop();
  }

  @FXML
  private void copy() {
    model.copyForTicket();
  }

  @FXML
  private void clear() {
    model.clear();
  }

  private void columns() {
    show(code, AcceptRow::masked);
    show(person, AcceptRow::person);
    show(gets, AcceptRow::gets);
    gets.setCellFactory(column -> new WrappedCell());
    into.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    into.setCellFactory(column -> new IntoCell());
    tick.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    tick.setCellFactory(column -> new TickCell());
    state.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    state.setCellFactory(column -> new StateCell());
    table.setRowFactory(view -> new Row());
    FileDrop.on(pane, model::checkFiles);
  }

  private static void show(
      TableColumn<AcceptRow, String> column, Function<AcceptRow, String> text) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
  }

  private void keys() {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.ENTER && key.isShortcutDown()) {
            model.goOn();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE && model.stop()) {
            key.consume();
          }
        });
    accept.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.ENTER) {
        model.accept();
      }
    });
    ticket.setOnAction(enter -> {
      field.takeKeyboard();
      model.check();
    });
    table.setOnKeyPressed(key -> {
      AcceptRow row = table.getSelectionModel().getSelectedItem();
      if (key.getCode() == KeyCode.ENTER && row != null && row.offer().isPresent()) {
        model.take(row);
        key.consume();
      } else if (key.getCode() == KeyCode.SPACE && row != null) {
        int place = table.getSelectionModel().getSelectedIndex();
        model.tick(row, !row.ticked());
        table.getSelectionModel().select(place);
        key.consume();
      }
    });
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }

  private final class TickCell extends TableCell<AcceptRow, AcceptRow> {
    private final CheckBox box = new CheckBox();

    TickCell() {
      box.setFocusTraversable(false);
      box.setOnAction(click -> model.tick(getItem(), box.isSelected()));
    }

    @Override
    protected void updateItem(AcceptRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none || !row.state().sendable() ? null : box);
      if (!none) {
        box.setSelected(row.ticked());
        box.setAccessibleText(texts.get("accept.tick", row.person()));
      }
    }
  }

  /// Shows all of its text, on as many lines as that takes.
  private static final class WrappedCell extends TableCell<AcceptRow, String> {
    private final Text text = new Text();

    WrappedCell() {
      text.getStyleClass().add("wrapped");
      text.wrappingWidthProperty().bind(widthProperty().subtract(20));
    }

    @Override
    protected void updateItem(String words, boolean none) {
      super.updateItem(words, none);
      setGraphic(none ? null : text);
      text.setText(none ? "" : words);
    }
  }

  /// The organization, with its parent below.
  private final class IntoCell extends TableCell<AcceptRow, AcceptRow> {
    private final Text organization = new Text();
    private final Text parent = new Text();
    private final VBox both = new VBox(organization, parent);

    IntoCell() {
      organization.getStyleClass().add("wrapped");
      organization.wrappingWidthProperty().bind(widthProperty().subtract(20));
      parent.getStyleClass().add("note");
      parent.wrappingWidthProperty().bind(widthProperty().subtract(20));
      both.getStyleClass().add("state");
    }

    @Override
    protected void updateItem(AcceptRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none || row.into().isBlank() ? null : both);
      if (!none) {
        organization.setText(row.into());
        parent.setText(row.from().isBlank() ? "" : texts.get("accept.from", row.from()));
      }
    }
  }

  private final class StateCell extends TableCell<AcceptRow, AcceptRow> {
    private final StatusBadge badge = new StatusBadge();
    private final Text note = new Text();
    private final Hyperlink offer = new Hyperlink();
    private final VBox both = new VBox(badge, note, offer);

    StateCell() {
      note.getStyleClass().add("note");
      note.managedProperty().bind(note.textProperty().isNotEmpty());
      note.wrappingWidthProperty().bind(widthProperty().subtract(20));
      offer.managedProperty().bind(offer.visibleProperty());
      offer.setOnAction(click -> model.take(getItem()));
      both.getStyleClass().add("state");
    }

    @Override
    protected void updateItem(AcceptRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none ? null : both);
      if (!none) {
        offer.setVisible(row.offer().isPresent());
        row.offer().ifPresent(way -> offer.setText(texts.get(way.key())));
        badge.show(row.state().glyph(), texts.get(row.state().key()), row.state().style());
        note.setText(row.note());
      }
    }
  }

  private final class Row extends TableRow<AcceptRow> {
    @Override
    protected void updateItem(AcceptRow row, boolean none) {
      super.updateItem(row, none);
      pseudoClassStateChanged(APART, !none && row.state() == CodeState.ELSEWHERE);
      setAccessibleText(
          none
              ? null
              : texts.get(
                  "accept.row",
                  row.person().isBlank() ? row.masked() : row.person(),
                  row.into(),
                  texts.get(row.state().key()),
                  row.note()));
    }
  }
}

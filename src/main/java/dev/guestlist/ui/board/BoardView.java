package dev.guestlist.ui.board;

import dev.guestlist.service.Board;
import dev.guestlist.ui.board.BoardViewModel.Chip;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The table of all organizations.
public final class BoardView {
  private final BoardViewModel model;
  private final Texts texts;
  private final Parent root;

  @FXML private VBox pane;
  @FXML private Band band;
  @FXML private TextField filter;
  @FXML private ToggleGroup chips;
  @FXML private ToggleButton all;
  @FXML private ToggleButton attention;
  @FXML private ToggleButton soon;
  @FXML private ToggleButton expired;
  @FXML private ToggleButton neverRead;
  @FXML private TableView<BoardRow> table;
  @FXML private TableColumn<BoardRow, BoardRow> name;
  @FXML private TableColumn<BoardRow, Optional<Integer>> pending;
  @FXML private TableColumn<BoardRow, Optional<Integer>> endSoon;
  @FXML private TableColumn<BoardRow, Optional<Integer>> over;
  @FXML private TableColumn<BoardRow, Optional<Integer>> look;
  @FXML private TableColumn<BoardRow, Optional<Integer>> members;
  @FXML private TableColumn<BoardRow, BoardRow> age;
  @FXML private TableColumn<BoardRow, String> note;
  @FXML private EmptyState empty;
  @FXML private Label total;
  @FXML private HBox progressLine;
  @FXML private ProgressBar progress;
  @FXML private Label line;
  @FXML private Button cancel;
  @FXML private Button prepare;
  @FXML private Label reason;

  public BoardView(BoardViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    band.textProperty().bind(model.bandProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    empty.textProperty().bind(model.emptyProperty());
    total.textProperty().bind(model.totalProperty());
    reason.textProperty().bind(model.reasonProperty());
    line.textProperty().bind(model.preparing().lineProperty());
    progress.progressProperty().bind(model.preparing().partProperty());
    show(progress, model.preparing().runningProperty());
    show(cancel, model.preparing().runningProperty());
    show(progressLine, model.preparing().lineProperty().isNotEmpty());
    prepare
        .disableProperty()
        .bind(
            model
                .preparing()
                .runningProperty()
                .or(model.reasonProperty().isNotEmpty())
                .or(Bindings.isEmpty(model.rows())));
    chips();
    columns();
    keys();
    filter
        .sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            filter.requestFocus();
          }
        });
  }

  @FXML
  private void prepare() {
    model.prepare(List.copyOf(table.getSelectionModel().getSelectedItems()));
  }

  @FXML
  private void cancel() {
    model.preparing().cancel();
  }

  private void chips() {
    all.setUserData(Chip.ALL);
    attention.setUserData(Chip.ATTENTION);
    soon.setUserData(Chip.SOON);
    expired.setUserData(Chip.EXPIRED);
    neverRead.setUserData(Chip.NEVER_READ);
    chips
        .selectedToggleProperty()
        .addListener((property, was, is) -> {
          if (is == null) {
            was.setSelected(true);
          } else {
            model.chipProperty().set((Chip) is.getUserData());
          }
        });
  }

  private void columns() {
    name.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    name.setComparator(Comparator.comparing(BoardRow::name, String.CASE_INSENSITIVE_ORDER));
    name.setCellFactory(column -> new NameCell());
    number(pending, Board.Counts::pending, "");
    number(endSoon, Board.Counts::soon, "soon");
    number(over, Board.Counts::expired, "over");
    number(look, Board.Counts::attention, "look");
    members.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().members()));
    members.setComparator(Comparator.comparing(count -> count.orElse(-1)));
    members.setCellFactory(column -> new NumberCell(""));
    age.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    age.setComparator(Comparator.comparing(row -> row.readAt().orElse(Instant.MIN)));
    age.setCellFactory(column -> new AgeCell());
    note.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().note()));
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    SortedList<BoardRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getSortOrder().add(name);
    table.setRowFactory(view -> new Row());
    keepSelection();
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<BoardRow>) change -> labelPrepare());
    model.rows().addListener((ListChangeListener<BoardRow>) change -> labelPrepare());
    labelPrepare();
  }

  private void labelPrepare() {
    int count = model.toPrepare(table.getSelectionModel().getSelectedItems()).size();
    prepare.setText(texts.get("board.prepare", count));
  }

  /// Rows are made anew when something changed: those that were selected stay so.
  private void keepSelection() {
    List<BoardRow> chosen = new ArrayList<>();
    boolean[] replacing = {false};
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener(
            (ListChangeListener<BoardRow>)
                change -> {
                  List<? extends BoardRow> now = change.getList();
                  if (!replacing[0] && !(now.isEmpty() && table.getItems().isEmpty())) {
                    chosen.clear();
                    chosen.addAll(now);
                  }
                });
    table
        .getItems()
        .addListener(
            (ListChangeListener<BoardRow>)
                change -> {
                  List<BoardRow> before = List.copyOf(chosen);
                  replacing[0] = true;
                  table.getSelectionModel().clearSelection();
                  for (BoardRow row : table.getItems()) {
                    if (before.stream().anyMatch(one -> one.id().equals(row.id()))) {
                      table.getSelectionModel().select(row);
                    }
                  }
                  replacing[0] = false;
                });
  }

  private void number(
      TableColumn<BoardRow, Optional<Integer>> column,
      Function<Board.Counts, Integer> count,
      String style) {
    column.setCellValueFactory(
        row -> new ReadOnlyObjectWrapper<>(row.getValue().counts().map(count)));
    column.setComparator(Comparator.comparing(value -> value.orElse(-1)));
    column.setCellFactory(ignored -> new NumberCell(style));
    column.setSortType(TableColumn.SortType.DESCENDING);
  }

  private void keys() {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.isShortcutDown() && key.getCode() == KeyCode.F) {
            filter.requestFocus();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
            filter.clear();
            key.consume();
          }
        });
    filter.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.DOWN && !table.getItems().isEmpty()) {
        table.requestFocus();
        table.getSelectionModel().clearAndSelect(0);
        key.consume();
      } else if (key.getCode() == KeyCode.ENTER && table.getItems().size() == 1) {
        model.open(table.getItems().getFirst());
        key.consume();
      }
    });
    table.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          BoardRow row = table.getFocusModel().getFocusedItem();
          if (key.getCode() == KeyCode.ENTER && row != null) {
            model.open(row);
            key.consume();
          }
        });
  }

  private static void show(
      javafx.scene.Node node, javafx.beans.value.ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }

  private static final class NameCell extends TableCell<BoardRow, BoardRow> {
    private final Label title = new Label();
    private final Label way = new Label();
    private final HBox both = new HBox(8, title, way);

    NameCell() {
      way.getStyleClass().addAll("quiet", "small");
      title.setMinWidth(USE_PREF_SIZE);
      both.getStyleClass().add("name");
    }

    @Override
    protected void updateItem(BoardRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none ? null : both);
      if (!none) {
        title.setText(row.name());
        way.setText(row.way());
      }
    }
  }

  /// A number; a dash where none is known, and quiet where it is nothing.
  private static final class NumberCell extends TableCell<BoardRow, Optional<Integer>> {
    private final Label label = new Label();
    private final String style;

    NumberCell(String style) {
      this.style = style;
      getStyleClass().add("number");
    }

    @Override
    protected void updateItem(Optional<Integer> count, boolean none) {
      super.updateItem(count, none);
      setGraphic(none ? null : label);
      if (!none) {
        label.setText(count.map(number -> String.format("%,d", number)).orElse("\u2013"));
        boolean much = count.orElse(0) > 0;
        label
            .getStyleClass()
            .setAll("label", much && !style.isEmpty() ? style : much ? "some" : "quiet");
      }
    }
  }

  private static final class AgeCell extends TableCell<BoardRow, BoardRow> {
    @Override
    protected void updateItem(BoardRow row, boolean none) {
      super.updateItem(row, none);
      setText(none ? null : row.age());
    }
  }

  private final class Row extends TableRow<BoardRow> {
    Row() {
      setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !isEmpty()) {
          model.open(getItem());
        }
      });
    }

    @Override
    protected void updateItem(BoardRow row, boolean none) {
      super.updateItem(row, none);
      setAccessibleText(
          none
              ? null
              : texts.get(
                  "board.row",
                  row.name(),
                  row.pending(),
                  row.soon(),
                  row.expired(),
                  row.attention(),
                  row.age(),
                  row.note()));
    }
  }
}

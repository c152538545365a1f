package dev.guestlist.ui.board;

import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.service.Preparation;
import dev.guestlist.ui.board.BoardViewModel.Chip;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.EveryMinute;
import dev.guestlist.ui.kit.FilterKeys;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
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
  @FXML private Label oldest;
  @FXML private Hyperlink allAttention;
  @FXML private Hyperlink allPending;
  @FXML private Hyperlink allSoon;
  @FXML private Hyperlink allExpired;
  @FXML private MenuItem csv;
  @FXML private MenuItem jsonLines;
  @FXML private HBox progressLine;
  @FXML private ProgressBar progress;
  @FXML private Label line;
  @FXML private Button pause;
  @FXML private Button stop;
  @FXML private Button readAgain;
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
    reason.textProperty().bind(model.reasonProperty());
    show(reason, model.reasonProperty().isNotEmpty());
    EveryMinute.run(pane, model::tick);
    totals();
    csv.setOnAction(event -> model.export(ActivityLog.Format.CSV));
    jsonLines.setOnAction(event -> model.export(ActivityLog.Format.JSON_LINES));
    line.textProperty().bind(model.preparing().lineProperty());
    progress.progressProperty().bind(model.preparing().partProperty());
    show(progress, model.preparing().runningProperty());
    show(pause, model.preparing().runningProperty());
    show(stop, model.preparing().runningProperty());
    model
        .preparing()
        .pausedProperty()
        .subscribe(paused -> pause.setText(texts.get(paused ? "board.go-on" : "board.pause")));
    show(progressLine, model.preparing().lineProperty().isNotEmpty());
    BooleanBinding impossible =
        model
            .preparing()
            .runningProperty()
            .or(model.reasonProperty().isNotEmpty())
            .or(Bindings.isEmpty(model.rows()));
    prepare.disableProperty().bind(impossible);
    readAgain.disableProperty().bind(impossible);
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
  private void readAgain() {
    model.read(chosen(), Preparation.Depth.INVITATIONS);
  }

  @FXML
  private void prepare() {
    model.read(chosen(), Preparation.Depth.EVERYTHING);
  }

  @FXML
  private void pause() {
    model.preparing().pauseOrGoOn();
  }

  @FXML
  private void stop() {
    model.preparing().stop();
  }

  private List<BoardRow> chosen() {
    return List.copyOf(table.getSelectionModel().getSelectedItems());
  }

  private void totals() {
    Map<Board.Which, Hyperlink> links =
        Map.of(
            Board.Which.ATTENTION, allAttention,
            Board.Which.PENDING, allPending,
            Board.Which.SOON, allSoon,
            Board.Which.EXPIRED, allExpired);
    links.forEach(
        (which, link) -> link.setOnAction(event -> model.people(which, Optional.empty())));
    model
        .totalsProperty()
        .subscribe(totals -> {
          total.setText(totals.size());
          oldest.setText(totals.oldest());
          links.forEach((which, link) -> {
            int number = which.of(totals.counts());
            link.setText(texts.get(sum(which), number));
            link.setDisable(number == 0);
            link.setVisited(false);
          });
        });
  }

  private static String sum(Board.Which which) {
    return switch (which) {
      case ATTENTION -> "board.sum.attention";
      case PENDING -> "board.sum.pending";
      case SOON -> "board.sum.soon";
      case EXPIRED -> "board.sum.expired";
    };
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
    number(pending, Board.Which.PENDING, "some");
    number(endSoon, Board.Which.SOON, "soon");
    number(over, Board.Which.EXPIRED, "over");
    number(look, Board.Which.ATTENTION, "look");
    members.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().members()));
    members.setComparator(Comparator.comparing(count -> count.orElse(-1)));
    members.setCellFactory(column -> new NumberCell(model, Optional.empty(), "some"));
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
    KeptSelection.in(table);
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<BoardRow>) change -> labelPrepare());
    model.rows().addListener((ListChangeListener<BoardRow>) change -> labelPrepare());
    labelPrepare();
  }

  private void labelPrepare() {
    int count = model.toRead(table.getSelectionModel().getSelectedItems()).size();
    prepare.setText(texts.get("board.prepare", count));
    readAgain.setText(texts.get("board.read-again", count));
  }

  private void number(
      TableColumn<BoardRow, Optional<Integer>> column, Board.Which which, String style) {
    column.setCellValueFactory(
        row -> new ReadOnlyObjectWrapper<>(row.getValue().counts().map(which::of)));
    column.setComparator(Comparator.comparing(value -> value.orElse(-1)));
    column.setCellFactory(ignored -> new NumberCell(model, Optional.of(which), style));
    column.setSortType(TableColumn.SortType.DESCENDING);
  }

  private void keys() {
    FilterKeys.on(pane, filter, Optional.empty());
    FilterKeys.between(filter, table, model::open);
  }

  private static void show(
      javafx.scene.Node node, javafx.beans.value.ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
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
      setContextMenu(menu());
      setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !isEmpty()) {
          model.open(getItem());
        }
      });
    }

    private ContextMenu menu() {
      MenuItem open = new MenuItem(texts.get("board.menu.open"));
      open.setOnAction(event -> model.open(getItem()));
      MenuItem again = new MenuItem();
      again.setOnAction(event -> readAgain());
      MenuItem ready = new MenuItem();
      ready.setOnAction(event -> prepare());
      ContextMenu menu = new ContextMenu(open, new SeparatorMenuItem());
      Map<Board.Which, MenuItem> people = new EnumMap<>(Board.Which.class);
      for (Board.Which which : Board.Which.values()) {
        MenuItem item = new MenuItem();
        item.setOnAction(event -> model.people(which, Optional.of(getItem())));
        people.put(which, item);
        menu.getItems().add(item);
      }
      menu.getItems().addAll(new SeparatorMenuItem(), again, ready);
      menu.setOnShowing(event -> {
        people.forEach((which, item) -> {
          int count = getItem().counts().map(which::of).orElse(0);
          item.setText(texts.get(sum(which), count));
          item.setDisable(count == 0);
        });
        again.setText(readAgain.getText());
        again.setDisable(readAgain.isDisabled());
        ready.setText(prepare.getText());
        ready.setDisable(prepare.isDisabled());
      });
      return menu;
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

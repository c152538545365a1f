package dev.guestlist.ui.board;

import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Board;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.EveryMinute;
import dev.guestlist.ui.kit.FilterKeys;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// The table of people across all organizations.
public final class AcrossView {
  private final AcrossViewModel model;
  private final Texts texts;
  private final Parent root;

  @FXML private VBox pane;
  @FXML private Label count;
  @FXML private Label age;
  @FXML private Band band;
  @FXML private Button only;
  @FXML private MenuItem csv;
  @FXML private MenuItem jsonLines;
  @FXML private TextField filter;
  @FXML private ToggleGroup chips;
  @FXML private ToggleButton attention;
  @FXML private ToggleButton pending;
  @FXML private ToggleButton soon;
  @FXML private ToggleButton expired;
  @FXML private TableView<AcrossRow> table;
  @FXML private TableColumn<AcrossRow, String> person;
  @FXML private TableColumn<AcrossRow, String> organization;
  @FXML private TableColumn<AcrossRow, AcrossRow> status;
  @FXML private TableColumn<AcrossRow, AcrossRow> ends;
  @FXML private TableColumn<AcrossRow, String> email;
  @FXML private EmptyState empty;

  public AcrossView(AcrossViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    count.textProperty().bind(model.countProperty());
    empty.textProperty().bind(model.emptyProperty());
    age.textProperty().bind(model.ageProperty());
    band.textProperty().bind(model.bandProperty());
    model.onlyNameProperty().subscribe(this::showOnly);
    EveryMinute.run(pane, model::tick);
    filter.textProperty().bindBidirectional(model.filterProperty());
    csv.setOnAction(event -> model.export(ActivityLog.Format.CSV));
    jsonLines.setOnAction(event -> model.export(ActivityLog.Format.JSON_LINES));
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
  private void back() {
    model.back();
  }

  @FXML
  private void showAll() {
    model.showAll();
  }

  private void showOnly(String name) {
    only.setText(name);
    only.setAccessibleText(texts.get("across.only.remove", name));
    only.setVisible(!name.isEmpty());
    only.setManaged(!name.isEmpty());
  }

  private void chips() {
    Map<Board.Which, ToggleButton> buttons =
        Map.of(
            Board.Which.ATTENTION, attention,
            Board.Which.PENDING, pending,
            Board.Which.SOON, soon,
            Board.Which.EXPIRED, expired);
    buttons.forEach((which, button) -> button.setUserData(which));
    model.whichProperty().subscribe(which -> chips.selectToggle(buttons.get(which)));
    chips
        .selectedToggleProperty()
        .addListener((property, was, is) -> {
          if (is == null) {
            was.setSelected(true);
          } else {
            model.whichProperty().set((Board.Which) is.getUserData());
          }
        });
  }

  private void columns() {
    show(person, AcrossRow::person);
    show(organization, AcrossRow::organization);
    show(email, AcrossRow::email);
    status.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    status.setComparator(Comparator.comparing(AcrossRow::status));
    status.setCellFactory(column -> new StatusCell());
    ends.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    ends.setComparator(Comparator.comparing(AcrossRow::end));
    ends.setCellFactory(column -> new EndsCell());
    SortedList<AcrossRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getSortOrder().add(ends);
    table.setRowFactory(view -> new Row());
  }

  private static void show(
      TableColumn<AcrossRow, String> column, Function<AcrossRow, String> words) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(words.apply(row.getValue())));
    column.setComparator(String::compareToIgnoreCase);
  }

  private void keys() {
    FilterKeys.on(pane, filter, Optional.of(model::back));
    FilterKeys.between(filter, table, model::open);
  }

  private static final class StatusCell extends TableCell<AcrossRow, AcrossRow> {
    private final StatusBadge badge = new StatusBadge();

    @Override
    protected void updateItem(AcrossRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none ? null : badge);
      if (!none) {
        badge.show(row.look());
      }
    }
  }

  private static final class EndsCell extends TableCell<AcrossRow, AcrossRow> {
    @Override
    protected void updateItem(AcrossRow row, boolean none) {
      super.updateItem(row, none);
      setText(none ? null : row.ends());
    }
  }

  private final class Row extends TableRow<AcrossRow> {
    Row() {
      setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !isEmpty()) {
          model.open(getItem());
        }
      });
    }

    @Override
    protected void updateItem(AcrossRow row, boolean none) {
      super.updateItem(row, none);
      setAccessibleText(
          none
              ? null
              : texts.get(
                  "across.row", row.person(), row.organization(), row.look().word(), row.ends()));
    }
  }
}

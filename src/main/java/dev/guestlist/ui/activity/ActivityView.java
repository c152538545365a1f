package dev.guestlist.ui.activity;

import dev.guestlist.model.Activity;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.ui.activity.ActivityViewModel.Choice;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The table of what was done.
public final class ActivityView {
  private final ActivityViewModel model;
  private final Parent root;

  @FXML private VBox pane;
  @FXML private Label count;
  @FXML private MenuItem csv;
  @FXML private MenuItem jsonLines;
  @FXML private FlowPane filters;
  @FXML private TextField text;
  @FXML private ComboBox<Choice<Activity.Kind>> kind;
  @FXML private ComboBox<Choice<ConnectionId>> connection;
  @FXML private ComboBox<Choice<OrganizationId>> organization;
  @FXML private DatePicker day;
  @FXML private TableView<ActivityRow> table;
  @FXML private TableColumn<ActivityRow, String> time;
  @FXML private TableColumn<ActivityRow, String> what;
  @FXML private TableColumn<ActivityRow, String> person;
  @FXML private TableColumn<ActivityRow, ActivityRow> outcome;
  @FXML private TableColumn<ActivityRow, String> place;
  @FXML private TableColumn<ActivityRow, String> account;
  @FXML private TableColumn<ActivityRow, String> run;
  @FXML private TableColumn<ActivityRow, String> detail;
  @FXML private EmptyState empty;
  @FXML private Button more;

  public ActivityView(ActivityViewModel model, Texts texts) {
    this.model = model;
    this.root = Fxml.load(this, texts);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    text.prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                this::leftForSearch,
                filters.widthProperty(),
                filters.insetsProperty(),
                text.fontProperty(),
                kind.widthProperty(),
                connection.widthProperty(),
                organization.widthProperty(),
                day.widthProperty()));
    count.textProperty().bind(model.countProperty());
    empty.textProperty().bind(model.emptyProperty());
    more.visibleProperty().bind(model.moreProperty());
    more.managedProperty().bind(model.moreProperty());
    text.textProperty().bindBidirectional(model.textProperty());
    csv.setOnAction(event -> model.export(ActivityLog.Format.CSV));
    jsonLines.setOnAction(event -> model.export(ActivityLog.Format.JSON_LINES));
    kind.getItems().setAll(model.kinds());
    kind.valueProperty().bindBidirectional(model.kindProperty());
    connection.setItems(model.connections());
    connection.valueProperty().bindBidirectional(model.connectionProperty());
    organization.setItems(model.organizations());
    organization.valueProperty().bindBidirectional(model.organizationProperty());
    day.valueProperty()
        .addListener(
            (property, was, is) -> model.dayProperty().set(Optional.<LocalDate>ofNullable(is)));
    show(time, ActivityRow::time);
    show(what, ActivityRow::what);
    show(person, ActivityRow::person);
    show(place, ActivityRow::place);
    show(account, ActivityRow::account);
    show(run, ActivityRow::run);
    show(detail, ActivityRow::detail);
    outcome.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    outcome.setCellFactory(column -> new OutcomeCell());
    table.setItems(model.rows());
    keys();
    text.sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            text.requestFocus();
          }
        });
  }

  /// What the other filters leave of the line; where that is too little, they wrap.
  private double leftForSearch() {
    double left =
        filters.getWidth() - filters.getInsets().getLeft() - filters.getInsets().getRight();
    for (Region other : List.of(kind, connection, organization, day)) {
      left -= other.getWidth() + filters.getHgap();
    }
    double letter = text.getFont().getSize();
    return Math.clamp(Math.floor(left), 8 * letter, 28 * letter);
  }

  @FXML
  private void showMore() {
    model.showMore();
  }

  private void keys() {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.isShortcutDown() && key.getCode() == KeyCode.F) {
            text.requestFocus();
            key.consume();
          } else if (key.getCode() == KeyCode.ESCAPE
              && text.isFocused()
              && !text.getText().isEmpty()) {
            text.clear();
            key.consume();
          }
        });
    text.setOnKeyPressed(key -> {
      if (key.getCode() == KeyCode.DOWN) {
        table.requestFocus();
        table.getSelectionModel().selectFirst();
        key.consume();
      }
    });
  }

  private static void show(
      TableColumn<ActivityRow, String> column, Function<ActivityRow, String> words) {
    column.setSortable(false);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(words.apply(row.getValue())));
  }

  private static final class OutcomeCell extends TableCell<ActivityRow, ActivityRow> {
    @Override
    protected void updateItem(ActivityRow row, boolean none) {
      super.updateItem(row, none);
      if (none || row.outcome().isEmpty()) {
        setGraphic(null);
        return;
      }
      StatusBadge badge = new StatusBadge();
      badge.show(row.outcome().get());
      setGraphic(badge);
    }
  }
}

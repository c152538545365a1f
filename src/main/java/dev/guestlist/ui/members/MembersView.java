package dev.guestlist.ui.members;

import dev.guestlist.service.ActivityLog;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.FilterKeys;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.members.MembersViewModel.Chip;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// The table of members.
public final class MembersView {
  private static final double ROOM_FOR_NAMES = 860;

  private final MembersViewModel model;
  private final Texts texts;
  private final Parent root;
  private final Timeline minutes;

  @FXML private VBox pane;
  @FXML private Label title;
  @FXML private Label age;
  @FXML private Button refresh;
  @FXML private Band band;
  @FXML private Button tryAgain;
  @FXML private TextField filter;
  @FXML private ToggleGroup chips;
  @FXML private ToggleButton all;
  @FXML private ToggleButton joined;
  @FXML private ToggleButton madeHere;
  @FXML private ProgressBar progress;
  @FXML private TableView<MemberRow> table;
  @FXML private TableColumn<MemberRow, String> person;
  @FXML private TableColumn<MemberRow, String> fullName;
  @FXML private TableColumn<MemberRow, String> email;
  @FXML private TableColumn<MemberRow, String> groups;
  @FXML private TableColumn<MemberRow, String> roles;
  @FXML private TableColumn<MemberRow, MemberRow> invited;
  @FXML private TableColumn<MemberRow, MemberRow> origin;
  @FXML private EmptyState empty;
  @FXML private MenuButton export;
  @FXML private MenuItem csv;
  @FXML private MenuItem jsonLines;
  @FXML private Button clearFilter;

  public MembersView(MembersViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.minutes = new Timeline(new KeyFrame(Duration.minutes(1), tick -> model.tick()));
    this.root = Fxml.load(this, texts);
    keys();
  }

  @FXML
  private void initialize() {
    csv.setOnAction(event -> model.export(ActivityLog.Format.CSV));
    jsonLines.setOnAction(event -> model.export(ActivityLog.Format.JSON_LINES));
    export.disableProperty().bind(Bindings.isEmpty(model.rows()));
    filter
        .sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            filter.requestFocus();
          }
        });
    title.textProperty().bind(model.titleProperty());
    age.textProperty().bind(model.ageProperty());
    refresh.disableProperty().bind(model.readingProperty());
    band.textProperty().bind(model.bandProperty());
    band.kindProperty().bind(model.bandKindProperty());
    tryAgain.visibleProperty().bind(model.canTryAgainProperty());
    tryAgain.managedProperty().bind(model.canTryAgainProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    progress.visibleProperty().bind(model.readingProperty());
    empty.textProperty().bind(model.emptyProperty());
    clearFilter.visibleProperty().bind(model.filterHidesProperty());
    clearFilter.managedProperty().bind(model.filterHidesProperty());
    chips();
    columns();
    minutes.setCycleCount(Animation.INDEFINITE);
    table
        .sceneProperty()
        .addListener((property, was, scene) -> {
          if (scene == null) {
            minutes.stop();
          } else {
            minutes.play();
          }
        });
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void refresh() {
    model.refresh();
  }

  @FXML
  private void clearFilter() {
    model.clearFilter();
    filter.requestFocus();
  }

  private void chips() {
    all.setUserData(Chip.ALL);
    joined.setUserData(Chip.JOINED);
    madeHere.setUserData(Chip.MADE_HERE);
    model
        .countsProperty()
        .subscribe(counts -> {
          all.setText(texts.get("members.chip.all", counts.all()));
          joined.setText(texts.get("members.chip.joined", counts.joined()));
          madeHere.setText(texts.get("members.chip.made-here", counts.madeHere()));
        });
    chips
        .selectedToggleProperty()
        .addListener((property, was, is) -> {
          if (is == null) {
            was.setSelected(true);
          } else {
            model.chipProperty().set((Chip) is.getUserData());
          }
        });
    model
        .chipProperty()
        .subscribe(chip ->
            chips.getToggles().forEach(toggle -> toggle.setSelected(toggle.getUserData() == chip)));
  }

  private void columns() {
    show(person, MemberRow::username);
    show(fullName, MemberRow::fullName);
    show(email, MemberRow::email);
    show(groups, MemberRow::groups);
    show(roles, MemberRow::roles);
    invited.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    invited.setComparator(Comparator.comparing(MemberRow::invited));
    invited.setCellFactory(column -> new InvitedCell());
    // in a small window names make room; searching still finds them
    table
        .widthProperty()
        .map(width -> width.doubleValue() >= ROOM_FOR_NAMES)
        .addListener((property, was, is) -> fullName.setVisible(is));
    origin.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    origin.setCellFactory(column -> new OriginCell());
    origin.setComparator((a, b) -> a.origin().compareToIgnoreCase(b.origin()));
    SortedList<MemberRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getSortOrder().add(person);
    table.setRowFactory(view -> new Row());
    keepSelection();
  }

  /// A list that is read again is another list: the selected person stays selected.
  private void keepSelection() {
    ReadOnlyObjectWrapper<Optional<String>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((property, was, is) -> {
          if (is != null) {
            chosen.set(Optional.of(is.id()));
          }
        });
    table
        .getItems()
        .addListener(
            (ListChangeListener<MemberRow>)
                change ->
                    chosen
                        .get()
                        .flatMap(id ->
                            table.getItems().stream()
                                .filter(row -> row.id().equals(id))
                                .findFirst())
                        .or(this::wanted)
                        .ifPresent(row -> {
                          table.getSelectionModel().select(row);
                          table.scrollTo(row);
                        }));
  }

  private Optional<MemberRow> wanted() {
    return model
        .person()
        .flatMap(name ->
            table.getItems().stream()
                .filter(row -> row.username().equalsIgnoreCase(name))
                .findFirst());
  }

  private static void show(
      TableColumn<MemberRow, String> column, Function<MemberRow, String> text) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
    column.setComparator(String::compareToIgnoreCase);
  }

  private void keys() {
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          boolean again =
              key.getCode() == KeyCode.F5 || (key.isShortcutDown() && key.getCode() == KeyCode.R);
          if (again) {
            model.refresh();
            key.consume();
          }
        });
    FilterKeys.on(pane, filter, Optional.empty());
    FilterKeys.between(filter, table, model::openRun);
  }

  private static final class OriginCell extends TableCell<MemberRow, MemberRow> {
    private final Label label = new Label();

    OriginCell() {
      label.getStyleClass().add("origin");
    }

    @Override
    protected void updateItem(MemberRow row, boolean none) {
      super.updateItem(row, none);
      setGraphic(none ? null : label);
      if (!none) {
        label.setText(row.origin());
        label.setGraphic(row.joined() ? new FontIcon("fth-link-2") : null);
        label.pseudoClassStateChanged(
            javafx.css.PseudoClass.getPseudoClass("joined"), row.joined());
      }
    }
  }

  /// Which run invited somebody; a click opens it. With the keyboard: Enter on the row.
  private final class InvitedCell extends TableCell<MemberRow, MemberRow> {
    private final Hyperlink link = new Hyperlink();

    InvitedCell() {
      link.setFocusTraversable(false);
      link.setOnAction(event -> {
        link.setVisited(false);
        model.openRun(getItem());
      });
    }

    @Override
    protected void updateItem(MemberRow row, boolean none) {
      super.updateItem(row, none);
      boolean shows = !none && !row.invited().isEmpty();
      setGraphic(shows ? link : null);
      if (shows) {
        link.setText(row.invited());
      }
    }
  }

  private final class Row extends TableRow<MemberRow> {
    @Override
    protected void updateItem(MemberRow row, boolean none) {
      super.updateItem(row, none);
      setAccessibleText(
          none
              ? null
              : texts.get(
                  "members.row",
                  row.username(),
                  row.fullName(),
                  row.origin(),
                  row.groups(),
                  row.roles(),
                  row.invited().isEmpty() ? 0 : 1,
                  row.invited()));
    }
  }
}

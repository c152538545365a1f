package dev.guestlist.ui.changes;

import dev.guestlist.ui.changes.ChangesViewModel.Chip;
import dev.guestlist.ui.changes.ChangesViewModel.DayChoice;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.EveryMinute;
import dev.guestlist.ui.kit.FilterKeys;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// The table of what changed.
public final class ChangesView {
  private final ChangesViewModel model;
  private final Texts texts;
  private final Parent root;

  @FXML private VBox pane;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private Label age;
  @FXML private Band band;
  @FXML private ComboBox<DayChoice> day;
  @FXML private Button copy;
  @FXML private TextField filter;
  @FXML private ToggleGroup chips;
  @FXML private ToggleButton all;
  @FXML private ToggleButton gone;
  @FXML private ToggleButton added;
  @FXML private ToggleButton ended;
  @FXML private ToggleButton then;
  @FXML private TableView<ChangeRow> table;
  @FXML private TableColumn<ChangeRow, ChangeRow> what;
  @FXML private TableColumn<ChangeRow, String> person;
  @FXML private TableColumn<ChangeRow, String> email;
  @FXML private TableColumn<ChangeRow, String> why;
  @FXML private EmptyState empty;

  public ChangesView(ChangesViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    title.textProperty().bind(model.titleProperty());
    summary.textProperty().bind(model.summaryProperty());
    age.textProperty().bind(model.ageProperty());
    band.textProperty().bind(model.bandProperty());
    EveryMinute.run(pane, model::tick);
    empty.textProperty().bind(model.emptyProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    copy.visibleProperty().bind(model.summaryProperty().isNotEmpty());
    copy.managedProperty().bind(copy.visibleProperty());
    days();
    chips();
    columns();
    FilterKeys.on(pane, filter, Optional.empty());
    day.sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            day.requestFocus();
          }
        });
  }

  @FXML
  private void copy() {
    model.copy();
  }

  private void days() {
    day.setItems(model.days());
    model.dayProperty().subscribe(chosen -> day.setValue(chosen.orElse(null)));
    day.valueProperty()
        .addListener((property, was, is) -> {
          if (is != null) {
            model.dayProperty().set(Optional.of(is));
          }
        });
  }

  private void chips() {
    Map<Chip, ToggleButton> buttons =
        Map.of(Chip.ALL, all, Chip.GONE, gone, Chip.NEW, added, Chip.ENDED, ended, Chip.THEN, then);
    buttons.forEach((chip, button) -> button.setUserData(chip));
    model
        .countsProperty()
        .subscribe(counts -> {
          all.setText(texts.get("changes.chip.all", counts.getOrDefault(Chip.ALL, 0)));
          gone.setText(texts.get("changes.chip.gone", counts.getOrDefault(Chip.GONE, 0)));
          added.setText(texts.get("changes.chip.new", counts.getOrDefault(Chip.NEW, 0)));
          ended.setText(texts.get("changes.chip.ended", counts.getOrDefault(Chip.ENDED, 0)));
          then.setText(texts.get("changes.chip.then", counts.getOrDefault(Chip.THEN, 0)));
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
  }

  private void columns() {
    what.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    what.setComparator((a, b) -> a.what().word().compareTo(b.what().word()));
    what.setCellFactory(column -> new WhatCell());
    show(person, ChangeRow::person);
    show(email, ChangeRow::email);
    show(why, ChangeRow::why);
    why.setCellFactory(WordsCell::new);
    SortedList<ChangeRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
  }

  private static void show(
      TableColumn<ChangeRow, String> column, Function<ChangeRow, String> words) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(words.apply(row.getValue())));
    column.setComparator(String::compareToIgnoreCase);
  }

  /// Words that take as many lines as they need.
  private static final class WordsCell extends TableCell<ChangeRow, String> {
    private final Text words = new Text();

    WordsCell(TableColumn<ChangeRow, String> column) {
      words.getStyleClass().add("words");
      words.wrappingWidthProperty().bind(column.widthProperty().subtract(20));
    }

    @Override
    protected void updateItem(String text, boolean none) {
      super.updateItem(text, none);
      setGraphic(none ? null : words);
      if (!none) {
        words.setText(text);
        setAccessibleText(text);
      }
    }
  }

  private static final class WhatCell extends TableCell<ChangeRow, ChangeRow> {
    @Override
    protected void updateItem(ChangeRow row, boolean none) {
      super.updateItem(row, none);
      if (none) {
        setGraphic(null);
        return;
      }
      StatusBadge badge = new StatusBadge();
      badge.show(row.what());
      setGraphic(badge);
    }
  }
}

package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.FilterKeys;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The list of runs with their rows.
public final class RunsView {
  private final RunsViewModel model;
  private final Texts texts;
  private final Parent root;
  private final Timeline seconds;

  @FXML private VBox pane;
  @FXML private Band band;
  @FXML private Button tryNow;
  @FXML private TextField filter;
  @FXML private ListView<RunLine> list;
  @FXML private EmptyState empty;
  @FXML private Label said;

  private boolean shownBefore;

  public RunsView(RunsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.seconds = new Timeline(new KeyFrame(Duration.seconds(1), tick -> model.tick()));
    this.root = Fxml.load(this, texts);
    keys();
  }

  @FXML
  private void initialize() {
    list.sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            list.requestFocus();
          }
        });
    band.textProperty().bind(model.bandProperty());
    band.kindProperty().bind(model.bandKindProperty());
    tryNow.visibleProperty().bind(model.canTryNowProperty());
    tryNow.managedProperty().bind(model.canTryNowProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    empty.textProperty().bind(model.emptyProperty());
    said.accessibleTextProperty().bind(model.saidProperty());
    said.textProperty().bind(model.saidProperty());
    list.setItems(model.lines());
    list.setCellFactory(view -> new LineCell(model, texts));
    list.setContextMenu(menu());
    seconds.setCycleCount(Animation.INDEFINITE);
    model
        .leavesSoonProperty()
        .addListener((property, was, soon) -> {
          if (soon) {
            seconds.play();
          } else {
            seconds.stop();
          }
        });
    keepSelection();
    list.focusedProperty().addListener((property, was, is) -> firstDecision());
  }

  /// The first card that asks is chosen when the screen opens, and its safest choice has the focus
  /// once it is drawn.
  private void firstDecision() {
    if (shownBefore || list.getScene() == null || !list.isFocused()) {
      return;
    }
    for (int line = 0; line < model.lines().size(); line++) {
      if (model.lines().get(line) instanceof RunLine.Decide) {
        shownBefore = true;
        list.getSelectionModel().select(line);
        PauseTransition drawn = new PauseTransition(Duration.millis(120));
        drawn.setOnFinished(event -> {
          if (list.isFocused()) {
            focusSafest();
          }
        });
        drawn.play();
        return;
      }
    }
  }

  private boolean focusSafest() {
    list.applyCss();
    list.layout();
    return list.lookupAll(".list-cell").stream()
        .anyMatch(cell -> cell instanceof LineCell it && it.isSelected() && it.focusSafest());
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void tryNow() {
    model.tryNow();
  }

  /// The same choices as the buttons of the selected line, for the keyboard.
  private ContextMenu menu() {
    ContextMenu menu = new ContextMenu();
    menu.setOnShowing(showing -> {
      menu.getItems().clear();
      RunLine line = list.getSelectionModel().getSelectedItem();
      if (line != null) {
        for (RunLine.Offer offer : line.choices()) {
          MenuItem item = new MenuItem(offer.label());
          item.setOnAction(click -> model.take(line, offer));
          menu.getItems().add(item);
        }
      }
    });
    menu.getItems().add(new MenuItem());
    return menu;
  }

  /// The chosen line stays chosen. After one that was decided about, the next that asks is, without
  /// any of its buttons having the focus.
  private void keepSelection() {
    ReadOnlyObjectWrapper<Optional<Chosen>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    list.getSelectionModel()
        .selectedIndexProperty()
        .addListener((property, was, is) -> {
          int place = is.intValue();
          boolean here = place >= 0 && place < model.lines().size();
          if (here && list.isFocusWithin() && !model.arrangingProperty().get()) {
            RunLine line = model.lines().get(place);
            chosen.set(Optional.of(new Chosen(line.key(), place, line instanceof RunLine.Decide)));
          }
        });
    model
        .arrangingProperty()
        .addListener((property, was, is) -> {
          if (!is) {
            chosen.get().ifPresent(this::selectAgain);
            firstDecision();
          }
        });
  }

  /// A line that was chosen.
  private record Chosen(String key, int place, boolean asks) {}

  private void selectAgain(Chosen before) {
    List<RunLine> lines = model.lines();
    for (int place = 0; place < lines.size(); place++) {
      if (lines.get(place).key().equals(before.key())) {
        list.getSelectionModel().select(place);
        return;
      }
    }
    for (int place = before.place(); before.asks() && place < lines.size(); place++) {
      if (lines.get(place) instanceof RunLine.Decide) {
        list.getSelectionModel().select(place);
        return;
      }
    }
  }

  private void keys() {
    list.setOnKeyPressed(key -> {
      RunLine line = list.getSelectionModel().getSelectedItem();
      if (line instanceof RunLine.Card card && opens(key.getCode(), card.open())) {
        model.toggle(card);
        key.consume();
      } else if (line instanceof RunLine.Decide && key.getCode() == KeyCode.ENTER) {
        focusSafest();
        key.consume();
      }
    });
    FilterKeys.on(pane, filter, Optional.empty());
  }

  private static boolean opens(KeyCode key, boolean open) {
    return key == KeyCode.ENTER || (key == KeyCode.RIGHT && !open) || (key == KeyCode.LEFT && open);
  }
}

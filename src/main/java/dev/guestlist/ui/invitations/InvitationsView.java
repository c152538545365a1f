package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The table of invitations, what stands above and below it, and the details beside it.
public final class InvitationsView {
  private static final int OUTLINES = 12;
  private static final Duration BEFORE_OUTLINES = Duration.millis(150);

  private final InvitationsViewModel model;
  private final Texts texts;
  private final InvitationDetailsView details;
  private final InvitationTable rows;
  private final ColumnMenu columnMenu;
  private final Timeline clock;
  private final PauseTransition outlinesDue = new PauseTransition(BEFORE_OUTLINES);
  private final Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();
  private final Map<KeyCombination, Runnable> tableKeys = new LinkedHashMap<>();
  private final Parent root;
  private boolean greeted;

  @FXML private Label titleLabel;
  @FXML private Label parentLabel;
  @FXML private Label ageLabel;
  @FXML private Label inviteReason;
  @FXML private Button inviteButton;
  @FXML private ProgressBar progress;
  @FXML private Band band;
  @FXML private Button bandButton;
  @FXML private FlowPane chips;
  @FXML private TextField searchField;
  @FXML private Button clearSearch;
  @FXML private MenuButton columnsButton;
  @FXML private ToggleButton detailsButton;
  @FXML private SplitPane split;
  @FXML private TableView<InvitationRow> table;
  @FXML private VBox outlines;
  @FXML private EmptyState message;
  @FXML private Button messageButton;
  @FXML private Label selectedLabel;
  @FXML private Button deleteButton;
  @FXML private Button copyButton;
  @FXML private Button codesButton;
  @FXML private Button clearButton;
  @FXML private Label deleteReason;
  @FXML private Label graceLabel;
  @FXML private Button undoButton;

  public InvitationsView(InvitationsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    root = Fxml.load(this, texts);
    details =
        new InvitationDetailsView(
            model.details(), texts, () -> model.detailsOpenProperty().set(false));
    columnMenu = new ColumnMenu(texts, model.words(), this::arrange);
    rows = new InvitationTable(table, model);
    new ChipBar(chips, model, texts);
    bind();
    bindKeys();
    openDetails(model.detailsOpenProperty().get());
    clock = new Timeline(new KeyFrame(Duration.seconds(1), event -> model.tick()));
    clock.setCycleCount(Animation.INDEFINITE);
    root.sceneProperty().addListener((property, before, scene) -> live(scene != null));
  }

  public Parent root() {
    return root;
  }

  /// The clock goes only while the view is in a window: a view that is dropped leaves nothing
  /// behind.
  private void live(boolean inWindow) {
    if (inWindow) {
      clock.play();
    } else {
      clock.stop();
      outlinesDue.stop();
      rememberDetails();
    }
  }

  private void bind() {
    searchField.textProperty().bindBidirectional(model.searchProperty());
    clearSearch.visibleProperty().bind(model.searchProperty().isNotEmpty());
    progress.visibleProperty().bind(model.reading().goingProperty());
    detailsButton.selectedProperty().bindBidirectional(model.detailsOpenProperty());
    model.detailsOpenProperty().addListener((property, before, open) -> openDetails(open));
    model.headingProperty().addListener((property, before, heading) -> showHeading());
    model.reading().textProperty().addListener((property, before, text) -> showHeading());
    model.situationProperty().addListener((property, before, is) -> showSituation());
    model.commandsProperty().addListener((property, before, is) -> showCommands());
    outlinesDue.setOnFinished(event -> outlines.setVisible(waitsForRows()));
    for (int i = 0; i < OUTLINES; i++) {
      Region line = new Region();
      line.getStyleClass().add("outline");
      outlines.getChildren().add(line);
    }
    columnsButton.setOnShowing(
        event -> columnsButton.getItems().setAll(columnMenu.items(model.layout())));
    columnsButton.getItems().setAll(columnMenu.items(model.layout()));
    rows.headerMenu(() -> columnMenu.items(model.layout()));
    table.setContextMenu(rowMenu());
    table.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
        model.detailsOpenProperty().set(true);
      }
    });
    chips.prefWrapLengthProperty().bind(chips.widthProperty());
    split.widthProperty().addListener((property, before, width) -> {
      if (before.doubleValue() == 0 && split.getItems().size() > 1) {
        placeDivider();
      }
    });
    showHeading();
    showSituation();
    showCommands();
  }

  private void bindKeys() {
    on(keys, "F5", model::refresh);
    on(keys, "Shortcut+R", model::refresh);
    on(keys, "Shortcut+F", this::focusSearch);
    on(keys, "Shortcut+I", () -> detailsButton.fire());
    on(keys, "Shortcut+N", model::invite);
    on(keys, "Shortcut+Z", model::undo);
    on(tableKeys, "Delete", model::delete);
    on(tableKeys, "Shortcut+Backspace", model::delete);
    on(tableKeys, "Shortcut+C", model::copy);
    on(tableKeys, "Shortcut+Shift+C", model::copyCodes);
    on(tableKeys, "Space", rows::toggleFocused);
    on(tableKeys, "Enter", () -> model.detailsOpenProperty().set(true));
    table.addEventFilter(KeyEvent.KEY_PRESSED, event -> run(tableKeys, event));
    root.addEventHandler(KeyEvent.KEY_PRESSED, event -> run(keys, event));
    KeyCombination escape = KeyCombination.keyCombination("Esc");
    table.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (escape.match(event) && !table.getSelectionModel().isEmpty()) {
            rows.clearSelection();
            event.consume();
          }
        });
    searchField.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (escape.match(event) && !searchField.getText().isEmpty()) {
            searchField.clear();
            event.consume();
          } else if (escape.match(event) || KeyCombination.keyCombination("Down").match(event)) {
            table.requestFocus();
            event.consume();
          }
        });
  }

  private static void on(Map<KeyCombination, Runnable> keys, String key, Runnable action) {
    keys.put(KeyCombination.keyCombination(key), action);
  }

  private static void run(Map<KeyCombination, Runnable> keys, KeyEvent event) {
    keys.entrySet().stream()
        .filter(key -> key.getKey().match(event))
        .findFirst()
        .ifPresent(key -> {
          event.consume();
          key.getValue().run();
        });
  }

  private ContextMenu rowMenu() {
    ContextMenu menu = new ContextMenu();
    menu.setOnShowing(event -> {
      Commands commands = model.commandsProperty().get();
      menu.getItems()
          .setAll(
              item(
                  commands.delete().label(), "Delete", model::delete, commands.delete().possible()),
              item(commands.copy(), "Shortcut+C", model::copy, true),
              item(
                  commands.copyCodes().label(),
                  "Shortcut+Shift+C",
                  model::copyCodes,
                  commands.copyCodes().possible()),
              item(
                  texts.get("invitations.details"),
                  "Enter",
                  () -> model.detailsOpenProperty().set(true),
                  true));
    });
    menu.getItems().add(new MenuItem());
    return menu;
  }

  private static MenuItem item(String label, String key, Runnable action, boolean possible) {
    MenuItem item = new MenuItem(label);
    item.setAccelerator(KeyCombination.keyCombination(key));
    item.setOnAction(event -> action.run());
    item.setDisable(!possible);
    return item;
  }

  private void arrange(ColumnLayout layout) {
    rows.apply(layout);
    model.arrange(layout);
  }

  private void openDetails(boolean open) {
    if (open == split.getItems().contains(details.root())) {
      return;
    }
    if (open) {
      split.getItems().add(details.root());
      SplitPane.setResizableWithParent(details.root(), false);
      placeDivider();
    } else {
      rememberDetails();
      split.getItems().remove(details.root());
      table.requestFocus();
    }
  }

  private void rememberDetails() {
    if (split.getItems().contains(details.root())) {
      model.rememberDetailsWidth(details.root().getLayoutBounds().getWidth());
    }
  }

  /// Gives the details the width they had; the pane has none itself before it is shown first.
  private void placeDivider() {
    double width = split.getWidth();
    if (width > 0) {
      split.setDividerPositions(Math.max(0.3, 1 - model.detailsWidth() / width));
    }
  }

  private void showHeading() {
    InvitationsViewModel.Heading heading = model.headingProperty().get();
    String reading = model.reading().textProperty().get();
    titleLabel.setText(heading.title());
    show(parentLabel, heading.parent());
    show(ageLabel, reading.isEmpty() ? heading.age() : reading);
    show(graceLabel, heading.grace());
    present(undoButton, !heading.grace().isEmpty());
  }

  private void showSituation() {
    Situation situation = model.situationProperty().get();
    Optional<Situation.Notice> notice = situation.notice();
    band.setText(notice.map(Situation.Notice::text).orElse(""));
    band.setKind(
        switch (notice.map(Situation.Notice::tone).orElse(Situation.Tone.INFO)) {
          case OFFLINE -> Band.Kind.OFFLINE;
          case INFO -> Band.Kind.INFO;
          case WARNING -> Band.Kind.WARNING;
        });
    offer(bandButton, notice.flatMap(Situation.Notice::step));
    boolean waits = waitsForRows();
    if (waits) {
      outlinesDue.playFromStart();
    } else {
      outlines.setVisible(false);
    }
    switch (situation.content()) {
      case Situation.Content.Message is -> {
        message.setText(is.text());
        offer(messageButton, is.step());
        message.setVisible(true);
      }
      case Situation.Content.Rows ignored -> message.setVisible(false);
      case Situation.Content.Outlines ignored -> message.setVisible(false);
    }
    table.setVisible(situation.content() instanceof Situation.Content.Rows);
    if (table.isVisible() && !greeted) {
      greeted = true;
      greet();
    }
  }

  /// The first rows take the focus, unless somebody is at work elsewhere already.
  private void greet() {
    Node owner = root.getScene() == null ? null : root.getScene().getFocusOwner();
    boolean free = owner == null || inside(owner);
    if (free && model.searchProperty().get().isEmpty()) {
      table.requestFocus();
    }
  }

  private boolean inside(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(root)) {
        return true;
      }
    }
    return false;
  }

  private boolean waitsForRows() {
    return model.situationProperty().get().content() instanceof Situation.Content.Outlines;
  }

  private void offer(Button button, Optional<Situation.Step> step) {
    present(button, step.isPresent());
    step.ifPresent(is -> {
      button.setText(texts.get(is.key()));
      button.setOnAction(event -> model.take(is));
      button.getStyleClass().remove("primary");
      if (is == Situation.Step.INVITE) {
        button.getStyleClass().add("primary");
      }
    });
  }

  private void showCommands() {
    Commands commands = model.commandsProperty().get();
    boolean any = !table.getSelectionModel().isEmpty();
    selectedLabel.setText(commands.selected());
    show(deleteButton, commands.delete(), any);
    show(codesButton, commands.copyCodes(), any && commands.copyCodes().possible());
    copyButton.setText(commands.copy());
    present(copyButton, any);
    present(clearButton, any);
    show(deleteReason, any ? commands.delete().reason() : "");
    inviteButton.setDisable(!commands.invite().possible());
    show(inviteReason, commands.invite().reason());
  }

  private static void show(Button button, Commands.Command command, boolean present) {
    button.setText(command.label());
    button.setDisable(!command.possible());
    present(button, present);
  }

  private static void show(Label label, String text) {
    label.setText(text);
    present(label, !text.isEmpty());
  }

  private static void present(Node node, boolean present) {
    node.setVisible(present);
    node.setManaged(present);
  }

  private void focusSearch() {
    searchField.requestFocus();
    searchField.selectAll();
  }

  @FXML
  private void refresh() {
    model.refresh();
  }

  @FXML
  private void invite() {
    model.invite();
  }

  @FXML
  private void clearSearch() {
    searchField.clear();
    searchField.requestFocus();
  }

  @FXML
  private void delete() {
    model.delete();
  }

  @FXML
  private void copy() {
    model.copy();
  }

  @FXML
  private void copyCodes() {
    model.copyCodes();
  }

  @FXML
  private void clearSelection() {
    rows.clearSelection();
    table.requestFocus();
  }

  @FXML
  private void undo() {
    model.undo();
  }
}

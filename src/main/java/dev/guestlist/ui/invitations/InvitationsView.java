package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The table of invitations, what stands above and below it, and the details beside it.
public final class InvitationsView {
  private final InvitationsViewModel model;
  private final Texts texts;
  private final InvitationDetailsView details;
  private final DetailsPlace detailsPlace;
  private final InvitationTable rows;
  private final BulkLineView bulkLine;
  private final ColumnMenu columnMenu;
  private final Timeline clock;
  private final Parent root;
  private boolean greeted;

  @FXML private VBox column;
  @FXML private Label titleLabel;
  @FXML private Label parentLabel;
  @FXML private Label ageLabel;
  @FXML private Label inviteReason;
  @FXML private Button inviteButton;
  @FXML private ProgressBar progress;
  @FXML private Band band;
  @FXML private FlowPane chips;
  @FXML private TextField searchField;
  @FXML private Button clearSearch;
  @FXML private MenuButton dayButton;
  @FXML private MenuButton columnsButton;
  @FXML private ToggleButton detailsButton;
  @FXML private SplitPane split;
  @FXML private StackPane rowsPlace;
  @FXML private TableView<InvitationRow> table;
  @FXML private VBox outlines;
  @FXML private EmptyState message;

  public InvitationsView(InvitationsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    root = Fxml.load(this, texts);
    details =
        new InvitationDetailsView(
            model, texts, () -> model.arrangement().detailsOpenProperty().set(false));
    detailsPlace = new DetailsPlace(split, rowsPlace, details.root(), model.arrangement());
    columnMenu = new ColumnMenu(texts, model.words(), this::arrange);
    rows = new InvitationTable(table, model);
    new ChipBar(chips, model, texts);
    new DayMenu(dayButton, model.former(), texts);
    bulkLine = new BulkLineView(model, texts, this::clearSelection);
    column.getChildren().add(bulkLine.root());
    bind();
    bindKeys();
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
    }
  }

  private void bind() {
    searchField.textProperty().bindBidirectional(model.searchProperty());
    clearSearch.visibleProperty().bind(model.searchProperty().isNotEmpty());
    progress.visibleProperty().bind(model.reading().goingProperty());
    detailsButton.selectedProperty().bindBidirectional(model.arrangement().detailsOpenProperty());
    model
        .arrangement()
        .detailsOpenProperty()
        .addListener((property, before, open) -> {
          if (!open) {
            table.requestFocus();
          }
        });
    model.headingProperty().addListener((property, before, heading) -> showHeading());
    model.reading().textProperty().addListener((property, before, text) -> showHeading());
    model.situationProperty().addListener((property, before, is) -> showTable());
    model.commandsProperty().addListener((property, before, is) -> showInvite(is.invite()));
    model.wantedProperty().addListener((property, before, is) -> selectWanted());
    model.contents().shownProperty().addListener((property, before, is) -> selectWanted());
    new SituationView(model, texts, band, outlines, message);
    detailsButton.fontProperty().addListener((property, before, font) -> textSize(font.getSize()));
    textSize(detailsButton.getFont().getSize());
    columnsButton.setOnShowing(
        event -> columnsButton.getItems().setAll(columnMenu.items(model.arrangement().layout())));
    columnsButton.getItems().setAll(columnMenu.items(model.arrangement().layout()));
    rows.headerMenu(() -> columnMenu.items(model.arrangement().layout()));
    table.setContextMenu(bulkLine.menu(this::showDetails));
    table.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
        showDetails();
      }
    });
    chips.prefWrapLengthProperty().bind(chips.widthProperty());
    showHeading();
    showTable();
    showInvite(model.commandsProperty().get().invite());
  }

  private void bindKeys() {
    new Keys()
        .on("F5", model::refresh)
        .on("Shortcut+R", model::refresh)
        .on("Shortcut+F", this::focusSearch)
        .on("Shortcut+I", () -> detailsButton.fire())
        .on("Shortcut+N", model::invite)
        .on("Shortcut+Z", model::undo)
        .after(root);
    new Keys()
        .on("Delete", model::delete)
        .on("Shortcut+E", model::inviteAgain)
        .on("Shortcut+Enter", model::takeNext)
        .on("Shortcut+Backspace", model::delete)
        .on("Shortcut+C", model::copy)
        .on("Shortcut+Shift+C", model.selection()::copyCodes)
        .on("Space", rows::toggleFocused)
        .on("Enter", this::showDetails)
        .before(table);
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

  private void textSize(double pixels) {
    rows.textSize(pixels);
    detailsPlace.textSize(pixels);
  }

  private void arrange(ColumnLayout layout) {
    rows.apply(layout);
    model.arrangement().arrange(layout);
  }

  private void showHeading() {
    InvitationsViewModel.Heading heading = model.headingProperty().get();
    String reading = model.reading().textProperty().get();
    titleLabel.setText(heading.title());
    show(parentLabel, heading.parent());
    show(ageLabel, reading.isEmpty() ? heading.age() : reading);
  }

  private void showTable() {
    boolean rowsShow = model.situationProperty().get().content() instanceof Situation.Content.Rows;
    table.setVisible(rowsShow);
    if (rowsShow && !greeted) {
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
    model.person().ifPresent(this::select);
  }

  private void selectWanted() {
    model
        .wantedProperty()
        .get()
        .flatMap(key -> table.getItems().stream().filter(row -> row.key().equals(key)).findFirst())
        .ifPresent(row -> {
          model.wantedProperty().set(Optional.empty());
          table.getSelectionModel().clearSelection();
          table.getSelectionModel().select(row);
          table.scrollTo(row);
          table.requestFocus();
        });
  }

  private void select(String username) {
    for (int i = 0; i < table.getItems().size(); i++) {
      if (table.getItems().get(i).entry().username().equalsIgnoreCase(username)) {
        table.getSelectionModel().clearAndSelect(i);
        table.scrollTo(i);
        return;
      }
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

  private void showInvite(Commands.Command invite) {
    inviteButton.setDisable(!invite.possible());
    show(inviteReason, invite.reason());
  }

  private void showDetails() {
    model.arrangement().detailsOpenProperty().set(true);
  }

  private void clearSelection() {
    rows.clearSelection();
    table.requestFocus();
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
}

package dev.guestlist.ui.connect;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.IdentityHashMap;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/// The connections of this computer: the list, and the editor of the chosen one.
public final class ConnectionsView {
  private static final KeyCombination SAVE =
      new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

  private final ConnectionsViewModel model;
  private final Texts texts;
  private final Optional<Runnable> goBack;
  private final IdentityHashMap<EditorViewModel, EditorView> editors = new IdentityHashMap<>();
  private final Parent root;
  @FXML private Button back;
  @FXML private ListView<ConnectionsViewModel.Item> list;
  @FXML private Band failure;
  @FXML private StackPane editorPlace;
  @FXML private EmptyState nothing;
  private boolean following;

  /// Shows the connections.
  ///
  /// @param goBack leads to the start page; empty where the window around offers the way out
  public ConnectionsView(ConnectionsViewModel model, Texts texts, Optional<Runnable> goBack) {
    this.model = model;
    this.texts = texts;
    this.goBack = goBack;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    back.setVisible(goBack.isPresent());
    back.setManaged(goBack.isPresent());
    list.setItems(model.items());
    list.setCellFactory(view -> new ConnectionCell(texts));
    failure.textProperty().bind(model.failureProperty());
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((property, was, is) -> {
          if (is != null && !following) {
            model.chosenProperty().set(Optional.of(is.id()));
          }
        });
    model.items().addListener((Observable items) -> follow());
    model.chosenProperty().addListener((property, was, is) -> follow());
    model.editorProperty().subscribe(this::showEditor);
    follow();
    editorPlace.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
  }

  public Parent root() {
    return root;
  }

  /// Selects the chosen connection in the list.
  private void follow() {
    following = true;
    Optional<ConnectionsViewModel.Item> now =
        model.items().stream()
            .filter(item -> model.chosenProperty().get().equals(Optional.of(item.id())))
            .findFirst();
    now.ifPresentOrElse(
        item -> list.getSelectionModel().select(item),
        () -> list.getSelectionModel().clearSelection());
    following = false;
  }

  private void showEditor(Optional<EditorViewModel> now) {
    if (now.isEmpty()) {
      editorPlace.getChildren().setAll(nothing);
      return;
    }
    EditorView view = editors.computeIfAbsent(now.get(), editor -> new EditorView(editor, texts));
    editorPlace.getChildren().setAll(view.root());
    if (!now.get().keptProperty().get()) {
      view.focusFirst();
    }
  }

  private void keys(KeyEvent event) {
    if (SAVE.match(event)) {
      model.editorProperty().get().ifPresent(editor -> editor.save(true));
      event.consume();
    }
  }

  @FXML
  private void back() {
    goBack.ifPresent(Runnable::run);
  }

  @FXML
  private void create() {
    model.create();
  }

  @FXML
  private void secrets() {
    model.secrets();
  }

  @FXML
  private void importFile() {
    model.importFile();
  }

  @FXML
  private void exportFile() {
    model.exportFile();
  }
}

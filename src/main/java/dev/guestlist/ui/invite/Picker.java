package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.Texts;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// A searchable list with check marks; what is chosen stands above it as chips. Down goes from the
/// search into the list; Space and Enter choose.
final class Picker extends VBox {
  private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");

  private final PickList picks;
  private final Texts texts;
  private final FlowPane chosen = new FlowPane();
  private final TextField search = new TextField();
  private final ListView<PickList.Item> list = new ListView<>();

  /// @param id the list's id; the search is called the same with `Search` behind
  Picker(PickList picks, String id, String label, String prompt, String none, Texts texts) {
    this.picks = picks;
    this.texts = texts;
    getStyleClass().add("picker");
    Label heading = new Label(label);
    heading.getStyleClass().add("section");
    heading.setLabelFor(search);
    search.setId(id + "Search");
    search.setPromptText(prompt);
    search.setAccessibleText(prompt);
    search.textProperty().bindBidirectional(picks.searchProperty());
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.DOWN && !picks.shown().isEmpty()) {
        list.requestFocus();
        list.getSelectionModel().selectFirst();
        event.consume();
      } else if (event.getCode() == KeyCode.ENTER
          && !event.isShortcutDown()
          && picks.shown().size() == 1) {
        picks.toggle(picks.shown().getFirst());
        search.clear();
        event.consume();
      }
    });
    list.setId(id);
    list.setItems(picks.shown());
    list.setCellFactory(view -> new Cell());
    list.setAccessibleText(label);
    Label nothing = new Label(none);
    nothing.getStyleClass().addAll("quiet", "small");
    nothing.setWrapText(true);
    list.setPlaceholder(nothing);
    list.setOnKeyPressed(event -> {
      boolean choose =
          event.getCode() == KeyCode.SPACE
              || (event.getCode() == KeyCode.ENTER && !event.isShortcutDown());
      if (choose && list.getSelectionModel().getSelectedItem() != null) {
        picks.toggle(list.getSelectionModel().getSelectedItem());
        event.consume();
      }
    });
    chosen.getStyleClass().add("chosen");
    picks
        .chosen()
        .addListener(
            (ListChangeListener<PickList.Item>)
                change -> {
                  show();
                  list.refresh();
                });
    getChildren().addAll(heading, chosen, search, list);
    VBox.setVgrow(list, Priority.ALWAYS);
    show();
  }

  private void show() {
    chosen.getChildren().setAll(picks.chosen().stream().map(this::chip).toList());
    chosen.setVisible(!picks.chosen().isEmpty());
    chosen.setManaged(!picks.chosen().isEmpty());
  }

  private Button chip(PickList.Item item) {
    Button chip = new Button(item.name(), new FontIcon("fth-x"));
    chip.getStyleClass().add("picked-chip");
    chip.pseudoClassStateChanged(GONE, item.gone());
    chip.setAccessibleText(
        texts.get(item.gone() ? "invite.picked.gone" : "invite.picked", item.name()));
    chip.setOnAction(event -> picks.toggle(item));
    return chip;
  }

  private final class Cell extends ListCell<PickList.Item> {
    private final CheckBox check = new CheckBox();
    private final Label section = new Label();
    private final Region gap = new Region();
    private final HBox line = new HBox(check, gap, section);

    Cell() {
      line.getStyleClass().add("pick-line");
      section.getStyleClass().addAll("quiet", "small");
      HBox.setHgrow(gap, Priority.ALWAYS);
      check.setFocusTraversable(false);
      check.setMouseTransparent(true);
      check.setMinWidth(0);
      section.setMinWidth(0);
      setOnMouseClicked(event -> {
        if (getItem() != null) {
          picks.toggle(getItem());
        }
      });
    }

    @Override
    protected void updateItem(PickList.@Nullable Item item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      check.setText(item.name());
      check.setSelected(picks.isChosen(item));
      section.setText(item.section());
      setGraphic(line);
      setAccessibleText(
          texts.get(
              picks.isChosen(item) ? "invite.pick.on" : "invite.pick.off",
              item.name(),
              item.section()));
    }
  }
}

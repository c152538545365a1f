package dev.guestlist.ui.invitations;

import dev.guestlist.service.History;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/// The choice between the newest list and those of former days. Does not show while there is none.
final class DayMenu {
  private final MenuButton button;
  private final FormerDays former;
  private final Texts texts;

  DayMenu(MenuButton button, FormerDays former, Texts texts) {
    this.button = button;
    this.former = former;
    this.texts = texts;
    former.daysProperty().addListener((property, before, is) -> show());
    former.chosenProperty().addListener((property, before, is) -> show());
    show();
  }

  private void show() {
    ToggleGroup group = new ToggleGroup();
    button.getItems().setAll(item(texts.get("invitations.day.newest"), Optional.empty(), group));
    button.getItems().add(new SeparatorMenuItem());
    for (History.Day day : former.daysProperty().get()) {
      String name = texts.get("invitations.day.kept", former.name(day), day.size());
      button.getItems().add(item(name, Optional.of(day), group));
    }
    button.setText(
        former
            .chosenProperty()
            .get()
            .map(day -> texts.get("invitations.day.as-of", former.name(day)))
            .orElseGet(() -> texts.get("invitations.day.newest")));
    boolean any = !former.daysProperty().get().isEmpty();
    button.setVisible(any);
    button.setManaged(any);
  }

  private RadioMenuItem item(String name, Optional<History.Day> day, ToggleGroup group) {
    RadioMenuItem item = new RadioMenuItem(name);
    item.setToggleGroup(group);
    item.setSelected(former.chosenProperty().get().equals(day));
    item.setOnAction(event -> former.look(day));
    return item;
  }
}

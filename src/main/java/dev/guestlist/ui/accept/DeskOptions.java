package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Texts;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/// The menu of how this computer accepts: the countdown, and whether a tick about the caller is
/// demanded.
final class DeskOptions {
  private final Texts texts;
  private final DeskNotes notes;

  DeskOptions(Texts texts, DeskNotes notes) {
    this.texts = texts;
    this.notes = notes;
  }

  void fill(MenuButton menu) {
    ToggleGroup countdowns = new ToggleGroup();
    for (int seconds : DeskNotes.COUNTDOWNS) {
      RadioMenuItem item = new RadioMenuItem(texts.get("accept.options.countdown", seconds));
      item.setToggleGroup(countdowns);
      item.setSelected(notes.countdownProperty().get() == seconds);
      item.setOnAction(chosen -> notes.countdownProperty().set(seconds));
      notes.countdownProperty().subscribe(now -> item.setSelected(now == seconds));
      menu.getItems().add(item);
    }
    CheckMenuItem demand = new CheckMenuItem(texts.get("accept.options.demand"));
    demand.selectedProperty().bindBidirectional(notes.demandedProperty());
    menu.getItems().addAll(new SeparatorMenuItem(), demand);
  }
}

package dev.guestlist.ui.connect;

import javafx.beans.property.ObjectProperty;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;

/// Buttons of which one is pressed, and the value that they stand for; both follow each other.
final class Choices<T> {
  private final ToggleGroup group = new ToggleGroup();
  private final ObjectProperty<T> value;

  Choices(ObjectProperty<T> value) {
    this.value = value;
  }

  /// A radio button for one of the values.
  RadioButton radio(T of, String text) {
    RadioButton button = new RadioButton(text);
    take(button, of);
    return button;
  }

  /// A coloured button without a text on it; its text is read out and shown as a tooltip.
  ToggleButton swatch(T of, String text) {
    ToggleButton button = new ToggleButton();
    button.setAccessibleText(text);
    button.setTooltip(new Tooltip(text));
    take(button, of);
    return button;
  }

  /// Lets a button stand for one of the values. The chosen one cannot be let go, only replaced.
  void take(Toggle button, T of) {
    button.setToggleGroup(group);
    value.subscribe(now -> {
      if (of.equals(now)) {
        button.setSelected(true);
      }
    });
    button
        .selectedProperty()
        .subscribe(selected -> {
          if (selected) {
            value.set(of);
          } else if (of.equals(value.get()) && group.getSelectedToggle() == null) {
            button.setSelected(true);
          }
        });
  }
}

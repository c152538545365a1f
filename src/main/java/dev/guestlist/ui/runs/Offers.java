package dev.guestlist.ui.runs;

import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Offer;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// The buttons of a line. They stay the same buttons while what they offer stays the same, so that
/// the focus does.
final class Offers extends FlowPane {
  private final RunsViewModel model;
  private List<Offer> shown = List.of();
  private RunLine line = new RunLine.Heading(RunLine.Section.DONE, "");

  Offers(RunsViewModel model) {
    this.model = model;
    getStyleClass().add("offers");
  }

  void show(RunLine of, List<Offer> offers) {
    line = of;
    if (!offers.equals(shown)) {
      shown = offers;
      getChildren().setAll(offers.stream().map(this::button).toList());
    }
    setVisible(!offers.isEmpty());
    setManaged(!offers.isEmpty());
  }

  /// Gives the focus to the first button.
  boolean focusFirst() {
    if (getChildren().isEmpty()) {
      return false;
    }
    getChildren().getFirst().requestFocus();
    return true;
  }

  private Node button(Offer offer) {
    ButtonBase button =
        switch (offer.action()) {
          case NARROW -> chip(offer);
          case FOR_ALL, WITH_CODES -> box(offer);
          default -> plain(offer);
        };
    button.setMnemonicParsing(false);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(click -> model.take(line, offer));
    return button;
  }

  private static ButtonBase chip(Offer offer) {
    ToggleButton chip = new ToggleButton(offer.label());
    chip.getStyleClass().addAll("chip", "small");
    chip.setSelected(offer.chosen());
    return chip;
  }

  private static ButtonBase box(Offer offer) {
    CheckBox box = new CheckBox(offer.label());
    box.setSelected(offer.chosen());
    return box;
  }

  private static ButtonBase plain(Offer offer) {
    Button button = new Button(offer.label());
    button.getStyleClass().add("small");
    Action action = offer.action();
    if (action == Action.SEND || action == Action.GO_ON || action == Action.SEND_CLEAR) {
      button.getStyleClass().add("primary");
    }
    if (action == Action.LATER || action == Action.COPY_DETAILS) {
      button.getStyleClass().add("flat");
    }
    if (action == Action.COPY_CODE || action == Action.COPY_FOR_CALLER) {
      button.setGraphic(new FontIcon("fth-copy"));
    }
    return button;
  }
}

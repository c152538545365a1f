package dev.guestlist.ui.runs;

import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Offer;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// The buttons of a line. They stay the same buttons while the line and what they offer stay the
/// same, so that the focus does; another line has other buttons, so that whoever presses twice does
/// not decide about the next one.
final class Offers extends FlowPane {
  private final RunsViewModel model;
  private List<Offer> shown = List.of();
  private RunLine line = new RunLine.Heading(RunLine.Section.DONE, "");

  Offers(RunsViewModel model) {
    this.model = model;
    getStyleClass().add("offers");
  }

  void show(RunLine of, List<Offer> offers) {
    boolean another = !of.key().equals(line.key());
    line = of;
    if (another || !offers.equals(shown)) {
      Optional<Offer> focused = focused();
      shown = offers;
      getChildren().setAll(offers.stream().map(this::button).toList());
      focused.ifPresent(one -> focusAfter(one, another));
    }
    setVisible(!offers.isEmpty());
    setManaged(!offers.isEmpty());
  }

  private Optional<Offer> focused() {
    for (int place = 0; place < getChildren().size(); place++) {
      if (getChildren().get(place).isFocused()) {
        return Optional.of(shown.get(place));
      }
    }
    return Optional.empty();
  }

  /// The same choice of the same line keeps the focus; otherwise the list has it.
  private void focusAfter(Offer before, boolean another) {
    for (int place = 0; place < shown.size() && !another; place++) {
      boolean same =
          shown.get(place).action() == before.action()
              && shown.get(place).decision().equals(before.decision());
      if (same) {
        getChildren().get(place).requestFocus();
        return;
      }
    }
    Node parent = getParent();
    while (parent != null && !(parent instanceof ListView<?>)) {
      parent = parent.getParent();
    }
    if (parent != null) {
      parent.requestFocus();
    }
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

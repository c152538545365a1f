package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Texts;
import java.util.Map;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;

/// The filter chips with their counts; exactly one is on. A chip that would take nothing and is
/// rarely needed does not show.
final class ChipBar {
  private final InvitationsViewModel model;
  private final Texts texts;
  private final ToggleGroup group = new ToggleGroup();

  ChipBar(FlowPane pane, InvitationsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    for (RowChip chip : RowChip.values()) {
      ToggleButton button = new ToggleButton();
      button.getStyleClass().add("chip");
      button.setToggleGroup(group);
      button.setUserData(chip);
      button.setOnAction(event -> {
        model.chipProperty().set(chip);
        show();
      });
      pane.getChildren().add(button);
    }
    show();
    model.chipProperty().addListener((property, before, chip) -> show());
    model.contents().countsProperty().addListener((property, before, counts) -> show());
  }

  private void show() {
    Map<RowChip, Integer> counts = model.contents().countsProperty().get();
    for (Toggle toggle : group.getToggles()) {
      ToggleButton button = (ToggleButton) toggle;
      RowChip chip = (RowChip) button.getUserData();
      int count = counts.getOrDefault(chip, 0);
      boolean on = chip == model.chipProperty().get();
      button.setSelected(on);
      button.setText(texts.get("invitations.chip.count", texts.get(chip.key()), count));
      boolean rare = chip == RowChip.NOT_LISTED || chip == RowChip.WAITING;
      boolean shown = on || count > 0 || !rare;
      button.setVisible(shown);
      button.setManaged(shown);
    }
  }
}

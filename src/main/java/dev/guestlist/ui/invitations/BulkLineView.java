package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;

/// The line below the table: how many rows are selected, what can be done with them, and the
/// deletion that can be taken back. The same commands as a menu.
final class BulkLineView {
  private final InvitationsViewModel model;
  private final Texts texts;
  private final Runnable clear;
  private final Parent root;

  @FXML private Label selectedLabel;
  @FXML private Label stepLabel;
  @FXML private Button changesButton;
  @FXML private Button deleteButton;
  @FXML private Button copyButton;
  @FXML private Button againButton;
  @FXML private Button finishButton;
  @FXML private Button codesButton;
  @FXML private Button clearButton;
  @FXML private Label deleteReason;
  @FXML private Label graceLabel;
  @FXML private Button undoButton;

  /// @param clear clears the selection
  BulkLineView(InvitationsViewModel model, Texts texts, Runnable clear) {
    this.model = model;
    this.texts = texts;
    this.clear = clear;
    root = Fxml.load(this, texts);
    model
        .headingProperty()
        .addListener((property, before, is) -> {
          showGrace(is.grace());
          showStep();
        });
    model.commandsProperty().addListener((property, before, is) -> show(is));
    showGrace(model.headingProperty().get().grace());
    show(model.commandsProperty().get());
  }

  Parent root() {
    return root;
  }

  /// The commands for the selected rows.
  ///
  /// @param details opens the details
  ContextMenu menu(Runnable details) {
    ContextMenu menu = new ContextMenu(new MenuItem());
    menu.setOnShowing(event -> {
      Commands commands = model.commandsProperty().get();
      Commands.Command copy = new Commands.Command(commands.copy(), true, "");
      Commands.Command open = new Commands.Command(texts.get("invitations.details"), true, "");
      menu.getItems().clear();
      commands
          .next()
          .map(NextStep::command)
          .ifPresent(next -> menu.getItems().add(item(next, "Shortcut+Enter", model::takeNext)));
      menu.getItems()
          .addAll(
              item(commands.delete(), "Delete", model::delete),
              item(commands.again(), "Shortcut+E", model::inviteAgain));
      if (commands.finish().possible()) {
        menu.getItems().add(item(commands.finish(), model::finish));
      }
      menu.getItems()
          .addAll(
              item(copy, "Shortcut+C", model::copy),
              item(commands.copyCodes(), "Shortcut+Shift+C", this::copyCodes),
              item(open, "Enter", details));
      OnePerson one = model.onePerson();
      menu.getItems()
          .addAll(
              new SeparatorMenuItem(),
              item(command("invitations.menu.copy-name", one.any()), one::copyName),
              item(command("invitations.menu.copy-id", one.hasId()), one::copyId),
              item(command("invitations.menu.activity", one.any()), one::showActivity),
              item(command("invitations.menu.everywhere", one.any()), one::findEverywhere),
              new SeparatorMenuItem(),
              item(command("invitations.menu.forget", one.any()), one::forget));
    });
    return menu;
  }

  private Commands.Command command(String key, boolean possible) {
    return new Commands.Command(texts.get(key), possible, "");
  }

  private static MenuItem item(Commands.Command command, Runnable action) {
    MenuItem item = new MenuItem(command.label());
    item.setOnAction(event -> action.run());
    item.setDisable(!command.possible());
    return item;
  }

  private static MenuItem item(Commands.Command command, String key, Runnable action) {
    MenuItem item = item(command, action);
    item.setAccelerator(KeyCombination.keyCombination(key));
    return item;
  }

  private void show(Commands commands) {
    boolean any = !model.selection().rows().isEmpty();
    selectedLabel.setText(commands.selected());
    deleteButton.setText(commands.delete().label());
    deleteButton.setDisable(!commands.delete().possible());
    againButton.setText(commands.again().label());
    againButton.setDisable(!commands.again().possible());
    finishButton.setText(commands.finish().label());
    String reasons =
        Stream.of(commands.delete().reason(), commands.again().reason())
            .filter(reason -> !reason.isEmpty())
            .collect(Collectors.joining(" "));
    deleteReason.setText(reasons);
    copyButton.setText(commands.copy());
    codesButton.setText(commands.copyCodes().label());
    showStep();
    boolean former = model.former().chosenProperty().get().isPresent();
    present(deleteButton, any && !former);
    present(againButton, any && !former);
    present(finishButton, any && commands.finish().possible());
    present(deleteReason, any && !reasons.isEmpty());
    present(copyButton, any);
    present(codesButton, any && commands.copyCodes().possible());
    present(clearButton, any);
  }

  private void showStep() {
    String step = model.headingProperty().get().step();
    boolean shows = !step.isEmpty() && model.selection().rows().isEmpty();
    stepLabel.setText(step);
    present(stepLabel, shows);
    present(changesButton, shows);
  }

  private void showGrace(String grace) {
    graceLabel.setText(grace);
    present(graceLabel, !grace.isEmpty());
    present(undoButton, !grace.isEmpty());
  }

  private static void present(Node node, boolean present) {
    node.setVisible(present);
    node.setManaged(present);
  }

  @FXML
  private void whatChanged() {
    model.whatChanged();
  }

  @FXML
  private void delete() {
    model.delete();
  }

  @FXML
  private void inviteAgain() {
    model.inviteAgain();
  }

  @FXML
  private void finish() {
    model.finish();
  }

  @FXML
  private void copy() {
    model.copy();
  }

  @FXML
  private void copyCodes() {
    model.selection().copyCodes();
  }

  @FXML
  private void clearSelection() {
    clear.run();
  }

  @FXML
  private void undo() {
    model.undo();
  }
}

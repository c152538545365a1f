package dev.guestlist.ui.invitations;

import dev.guestlist.ui.invitations.InvitationDetails.Block;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.StatusBadge;
import dev.guestlist.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The details beside the table. The code shows only while its button is held, with the mouse or
/// the space key.
final class InvitationDetailsView {

  private static final PseudoClass NOTHING = PseudoClass.getPseudoClass("nothing");

  private final InvitationsViewModel table;
  private final InvitationDetailsViewModel model;
  private final Texts texts;
  private final Region root;

  @FXML private Label titleLabel;
  @FXML private Button closeButton;
  @FXML private StatusBadge badge;
  @FXML private VBox blocksBox;
  @FXML private VBox codeBox;
  @FXML private VBox nextBox;
  @FXML private Button nextButton;
  @FXML private Label findingLabel;
  @FXML private Label nextReason;
  @FXML private Label codeLabel;
  @FXML private HBox codeButtons;
  @FXML private Button holdButton;

  InvitationDetailsView(InvitationsViewModel table, Texts texts, Runnable close) {
    this.table = table;
    this.model = table.details();
    this.texts = texts;
    root = (Region) Fxml.load(this, texts);
    closeButton.setOnAction(event -> close.run());
    model.shownProperty().addListener((property, before, shown) -> show(shown));
    model.codeProperty().addListener(changed -> showCode());
    table.commandsProperty().addListener((property, before, is) -> showNext(is));
    showNext(table.commandsProperty().get());
    hold();
    show(model.shownProperty().get());
  }

  Region root() {
    return root;
  }

  private void hold() {
    holdButton.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> model.reveal());
    holdButton.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> model.hide());
    holdButton.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE) {
            model.reveal();
          }
        });
    holdButton.addEventHandler(KeyEvent.KEY_RELEASED, event -> model.hide());
    holdButton.focusedProperty().addListener((property, before, focused) -> model.hide());
  }

  private void show(InvitationDetailsViewModel.Shown shown) {
    titleLabel.setText(shown.title());
    titleLabel.pseudoClassStateChanged(NOTHING, shown.blocks().isEmpty());
    shown.row().ifPresent(row -> badge.show(row.look()));
    present(badge, shown.row().isPresent());
    List<Node> blocks = new ArrayList<>();
    shown.blocks().forEach(block -> blocks.add(block(block)));
    if (shown.row().isPresent()) {
      blocks.add(shown.beforeCode(), codeBox);
      blocks.add(1, nextBox);
    }
    present(findingLabel, shown.find() == InvitationDetailsViewModel.Find.LOOKING);
    showNext(table.commandsProperty().get());
    blocksBox.getChildren().setAll(blocks);
    showCode();
  }

  private void showNext(Commands commands) {
    Optional<NextStep> next = commands.next();
    present(nextBox, next.isPresent());
    next.ifPresent(step -> {
      boolean looking =
          model.shownProperty().get().find() == InvitationDetailsViewModel.Find.LOOKING;
      nextButton.setText(step.command().label());
      nextButton.setDisable(looking || !step.command().possible());
      nextReason.setText(step.command().reason());
      present(nextReason, !step.command().reason().isEmpty());
    });
  }

  private void showCode() {
    boolean kept = !model.codeProperty().get().isEmpty();
    codeLabel.setText(kept ? model.codeProperty().get() : texts.get("details.code.none"));
    codeLabel.setAccessibleText(
        kept ? texts.get("details.code.hidden") : texts.get("details.code.none"));
    present(codeButtons, kept);
  }

  private Node block(Block block) {
    Label heading = new Label(block.heading());
    heading.getStyleClass().add("section");
    heading.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(heading, Priority.ALWAYS);
    Button copy = new Button();
    copy.getStyleClass().addAll("flat", "small");
    copy.setGraphic(new FontIcon("fth-copy"));
    copy.setAccessibleText(texts.get("details.copy", block.heading()));
    copy.setOnAction(event -> model.copy(block));
    HBox head = new HBox(heading, copy);
    head.getStyleClass().add("line");
    VBox box = new VBox(head);
    box.getStyleClass().add("block");
    for (String line : block.lines()) {
      Label label = new Label(line);
      label.setWrapText(true);
      if (block.small()) {
        label.getStyleClass().add("small");
      }
      box.getChildren().add(label);
    }
    if (block.activity()) {
      Hyperlink more = new Hyperlink(texts.get("details.history.show"));
      more.setOnAction(event -> model.showActivity());
      box.getChildren().add(more);
    }
    return box;
  }

  private static void present(Node node, boolean present) {
    node.setVisible(present);
    node.setManaged(present);
  }

  @FXML
  private void takeNext() {
    table.takeNext();
  }

  @FXML
  private void copyCode() {
    model.copyCode();
  }
}

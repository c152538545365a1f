package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.Texts;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// What stands between a list of codes and accepting them: that somebody made sure who is calling,
/// and, where nobody can see the names first, a tick and a button of its own.
final class Assurance extends VBox {
  Assurance(AcceptViewModel model, Texts texts) {
    getStyleClass().add("assurance");
    CheckBox madeSure = new CheckBox();
    madeSure.setId("madeSure");
    madeSure.setMnemonicParsing(false);
    madeSure.textProperty().bind(model.madeSureTextProperty());
    madeSure.selectedProperty().bindBidirectional(model.notes().madeSureProperty());
    Label reason = new Label();
    reason.getStyleClass().add("reason");
    reason.textProperty().bind(model.acceptReasonProperty());

    CheckBox withoutNames = new CheckBox(texts.get("accept.without.tick"));
    withoutNames.setId("withoutNames");
    withoutNames.selectedProperty().bindBidirectional(model.withoutNamesProperty());
    Button without = new Button();
    without.setId("without");
    without.textProperty().bind(model.withoutTextProperty());
    without
        .disableProperty()
        .bind(model.withoutNamesProperty().not().or(model.acceptReasonProperty().isNotEmpty()));
    without.setOnAction(press -> model.acceptWithoutLooking());
    Button signIn = new Button(texts.get("accept.sign-in"));
    signIn.setId("signInAndCheck");
    signIn.setOnAction(press -> model.signInAndCheck());

    Hyperlink tickAll = new Hyperlink();
    tickAll.setId("tickAll");
    tickAll.textProperty().bind(model.tickAllTextProperty());
    tickAll.setOnAction(press -> model.tickAll());

    Node all = line(model.tickAllTextProperty().isNotEmpty(), tickAll);
    Node assure = line(model.madeSureTextProperty().isNotEmpty(), madeSure, reason);
    Node blind = line(model.withoutTextProperty().isNotEmpty(), withoutNames, without, signIn);
    shown(reason, model.acceptReasonProperty().isNotEmpty());
    shown(signIn, model.canSignInProperty());
    getChildren().addAll(all, assure, blind);
    shown(
        this,
        model
            .madeSureTextProperty()
            .isNotEmpty()
            .or(model.withoutTextProperty().isNotEmpty())
            .or(model.tickAllTextProperty().isNotEmpty()));
  }

  private static Node line(ObservableValue<Boolean> when, Labeled... parts) {
    FlowPane line = new FlowPane(parts);
    line.setMinWidth(0);
    line.getStyleClass().add("line");
    for (Labeled part : parts) {
      part.setWrapText(true);
      part.maxWidthProperty().bind(line.widthProperty());
    }
    shown(line, when);
    return line;
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }
}

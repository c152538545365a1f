package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// The line at the bottom; each part is a button that leads to what it speaks of.
final class StatusBarView {
  private final MainViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private Button connection;
  @FXML private Label kind;
  @FXML private MenuButton account;
  @FXML private Button link;
  @FXML private Label linkGlyph;
  @FXML private HBox bar;
  @FXML private Button step;
  @FXML private Button age;
  @FXML private Label clock;
  @FXML private Button running;
  @FXML private Button preparing;
  @FXML private Button waiting;

  StatusBarView(MainViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    StatusBarViewModel status = model.status();
    KindText text = KindText.of(model.connection().kind(), texts);
    kind.setText(text.letter());
    kind.getStyleClass().add(text.style());
    connection.setText(texts.get("status-bar.connection", model.connection().name(), text.word()));
    connection.setMnemonicParsing(false);
    account.setMnemonicParsing(false);
    account
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.signIn().describe(status.accountProperty().get()),
                status.accountProperty(),
                model.signIn().accountsProperty()));
    account.maxWidthProperty().bind(bar.widthProperty().multiply(0.35));
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(account.textProperty());
    account.setTooltip(whole);
    account.setOnShowing(event -> fillAccounts());
    fillAccounts();
    status.linkProperty().addListener((property, was, is) -> showLink(is));
    showLink(status.linkProperty().get());
    age.textProperty().bind(status.ageProperty());
    showWhile(age, status.ageProperty().isNotEmpty());
    age.disableProperty().bind(status.readingProperty());
    clock.textProperty().bind(status.clockProperty());
    clock.visibleProperty().bind(status.clockProperty().isNotEmpty());
    clock.managedProperty().bind(clock.visibleProperty());
    clock.setTooltip(new Tooltip(texts.get("status-bar.clock.help")));
    clock.setAccessibleHelp(texts.get("status-bar.clock.help"));
    running.textProperty().bind(status.runningProperty());
    showWhile(running, status.runningProperty().isNotEmpty());
    preparing.textProperty().bind(status.preparingProperty());
    showWhile(preparing, status.preparingProperty().isNotEmpty());
    waiting
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    texts.get(
                        "status-bar.waiting",
                        status.waitingProperty().get(),
                        status.decisionsProperty().get()),
                status.waitingProperty(),
                status.decisionsProperty()));
    showWhile(waiting, status.waitingProperty().greaterThan(0));
  }

  Parent root() {
    return root;
  }

  private static void showWhile(Button button, ObservableValue<Boolean> shown) {
    button.visibleProperty().bind(shown);
    button.managedProperty().bind(shown);
  }

  private void showLink(StatusBarViewModel.LinkText text) {
    link.setText(text.words());
    linkGlyph.setText(text.glyph());
    linkGlyph.getStyleClass().setAll("label", "glyph", text.style());
    step.setText(text.step());
    step.setVisible(!text.step().isEmpty());
    step.setManaged(!text.step().isEmpty());
  }

  private void fillAccounts() {
    SignInViewModel signIn = model.signIn();
    account.getItems().clear();
    for (Practice.Account one : signIn.accountsProperty().get()) {
      MenuItem item =
          item(
              texts.get("account.with-rights", one.username(), one.rights()),
              () -> signIn.signInAs(one.username()));
      account.getItems().add(item);
    }
    if (!account.getItems().isEmpty()) {
      account.getItems().add(new SeparatorMenuItem());
    }
    if (signIn.signedIn()) {
      account.getItems().add(item(texts.get("action.sign-out"), signIn::signOut));
    } else if (signIn.offerActionProperty().get().isEmpty()) {
      account.getItems().add(item(texts.get("action.sign-in"), signIn::signIn));
    } else {
      account.getItems().add(item(signIn.offerActionProperty().get(), signIn::signIn));
    }
  }

  private static MenuItem item(String text, Runnable run) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(event -> run.run());
    return item;
  }

  @FXML
  private void connections() {
    model.show(new Screen.Connections(Optional.of(model.connection().id())));
  }

  @FXML
  private void tryNow() {
    model.status().tryNow();
  }

  @FXML
  private void takeStep() {
    if (model.signIn().worksOffline()) {
      model.signIn().workOffline(false);
    } else {
      model.status().tryNow();
    }
  }

  @FXML
  private void readAgain() {
    model.status().readAgain();
  }

  @FXML
  private void board() {
    model.show(new Screen.Board());
  }

  @FXML
  private void runs() {
    model.show(new Screen.Runs());
  }
}

package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import javafx.fxml.FXML;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The way to the open organization; each part is a button, each arrow lists what else is there.
final class PathLineView {
  private static final int MOST_IN_MENU = 30;

  private final PathLineViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private HBox line;

  PathLineView(PathLineViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    model.partsProperty().addListener((property, was, is) -> show(is));
    show(model.partsProperty().get());
  }

  Parent root() {
    return root;
  }

  private void show(List<PathLineViewModel.Part> parts) {
    line.getChildren().clear();
    for (PathLineViewModel.Part part : parts) {
      switch (part) {
        case PathLineViewModel.Part.One one -> {
          line.getChildren().add(button(one));
          if (!one.last()) {
            line.getChildren().add(arrow(one.organization()));
          }
        }
        case PathLineViewModel.Part.Folded folded -> {
          line.getChildren().add(folded(folded.organizations()));
          line.getChildren().add(arrow(folded.organizations().getLast()));
        }
      }
    }
    if (!parts.isEmpty()) {
      line.getChildren().add(copy());
    }
    line.setAccessibleText(texts.get("path.full", model.whole()));
  }

  private Button button(PathLineViewModel.Part.One part) {
    Button button = new Button(part.organization().name());
    button.getStyleClass().addAll("flat", "path-part");
    button.setMnemonicParsing(false);
    if (part.last()) {
      button.getStyleClass().add("last");
    }
    button.setTooltip(new Tooltip(model.whole()));
    button.setOnAction(event -> model.go(part.organization()));
    return button;
  }

  private Button arrow(Organization above) {
    Button arrow = icon("fth-chevron-right", texts.get("path.below", above.name()));
    arrow.setOnAction(event -> model.below(above, children -> menu(arrow, children, above.name())));
    return arrow;
  }

  private Button folded(List<Organization> organizations) {
    Button button = icon("fth-more-horizontal", texts.get("path.folded", organizations.size()));
    button.setOnAction(event -> menu(button, organizations, ""));
    return button;
  }

  private Button copy() {
    Button copy = icon("fth-copy", texts.get("path.copy"));
    copy.getStyleClass().add("copy-path");
    copy.setOnAction(event -> model.copy());
    return copy;
  }

  private static Button icon(String icon, String text) {
    Button button = new Button();
    button.setGraphic(new FontIcon(icon));
    button.getStyleClass().addAll("flat", "path-arrow");
    button.setAccessibleText(text);
    button.setTooltip(new Tooltip(text));
    return button;
  }

  private void menu(Node at, List<Organization> organizations, String above) {
    ContextMenu menu = new ContextMenu();
    for (Organization organization : organizations.stream().limit(MOST_IN_MENU).toList()) {
      MenuItem item = new MenuItem(organization.name());
      item.setMnemonicParsing(false);
      item.setOnAction(event -> model.go(organization));
      menu.getItems().add(item);
    }
    if (organizations.isEmpty()) {
      menu.getItems().add(note(texts.get("path.nothing-below", above)));
    } else if (organizations.size() > MOST_IN_MENU) {
      menu.getItems().add(note(texts.get("path.more", MOST_IN_MENU, organizations.size())));
    }
    menu.show(at, Side.BOTTOM, 0, 4);
  }

  private static MenuItem note(String text) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setDisable(true);
    return item;
  }
}

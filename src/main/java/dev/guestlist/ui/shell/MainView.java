package dev.guestlist.ui.shell;

import dev.guestlist.ui.connect.SignInPaneView;
import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.Divider;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.kit.Theme;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/// The frame around the screens: strip, rail, path line, work area, status bar; and the keys that
/// work everywhere.
final class MainView {
  /// Widths in pixels at the usual text size.
  private static final double RAIL_WIDTH = 256;

  private static final double RAIL_LEAST = 200;
  private static final double RAIL_MOST = 360;
  private static final double NARROW = 760;

  private final MainViewModel model;
  private final Texts texts;
  private final Consumer<String> palette;
  private final Timeline clock;
  private final RailView rail;
  private final Parent root;
  @FXML private Region strip;
  @FXML private StackPane middle;
  @FXML private SplitPane split;
  @FXML private StackPane railPlace;
  @FXML private HBox header;
  @FXML private StackPane pathPlace;
  @FXML private Button jump;
  @FXML private Label jumpKey;
  @FXML private Band notice;
  @FXML private Band offer;
  @FXML private Button offerAction;
  @FXML private StackPane signInPlace;
  @FXML private StackPane screenPlace;
  @FXML private StackPane statusPlace;
  private boolean railWanted = true;

  /// Builds the frame.
  ///
  /// @param palette opens the palette with what is typed already
  MainView(MainViewModel model, Texts texts, StackPane screens, Consumer<String> palette) {
    this.model = model;
    this.texts = texts;
    this.palette = palette;
    this.rail = new RailView(model, texts);
    this.root = Fxml.load(this, texts);
    screenPlace.getChildren().setAll(screens);
    clock = new Timeline(new KeyFrame(Duration.seconds(1), event -> tick()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
  }

  @FXML
  private void initialize() {
    KindText kind = KindText.of(model.connection().kind(), texts);
    strip.getStyleClass().add(kind.style());
    strip.setAccessibleText(kind.word());
    railPlace.getChildren().setAll(rail.root());
    pathPlace.getChildren().setAll(new PathLineView(model.pathLine(), texts).root());
    statusPlace.getChildren().setAll(new StatusBarView(model, texts).root());
    jumpKey.setText(Keys.name("Ctrl+K"));
    jump.setAccessibleText(texts.get("shell.jump"));
    jump.prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> Math.clamp(header.getWidth() * 0.31, 200, 340), header.widthProperty()));
    ((Region) jump.getGraphic()).prefWidthProperty().bind(jump.widthProperty().subtract(20));
    notice.textProperty().bind(model.noticeProperty());
    signInPlace.getChildren().setAll(new SignInPaneView(model.signInPane(), texts).root());
    offer.textProperty().bind(model.signIn().offerProperty());
    offerAction.textProperty().bind(model.signIn().offerActionProperty());
    offerAction.visibleProperty().bind(model.signIn().offerActionProperty().isNotEmpty());
    offerAction.managedProperty().bind(offerAction.visibleProperty());
    SplitPane.setResizableWithParent(railPlace, false);
    split
        .widthProperty()
        .addListener((property, was, is) -> {
          placeRail();
          if (was.doubleValue() == 0) {
            widenRail();
          }
        });
    jump.fontProperty()
        .addListener((property, was, is) -> {
          placeRail();
          widenRail();
        });
    model
        .context()
        .remembered()
        .get("rail.hidden")
        .ifPresent(hidden -> {
          railWanted = !hidden.equals("true");
          placeRail();
        });
  }

  Parent root() {
    return root;
  }

  /// Where panels lie: over everything but the strip and the status bar.
  StackPane middle() {
    return middle;
  }

  void toggleRail() {
    railWanted = !railWanted;
    model.context().remembered().put("rail.hidden", Boolean.toString(!railWanted));
    placeRail();
  }

  void close() {
    clock.stop();
  }

  /// Keys of the window around the screens, before the screen gets them.
  void keys(KeyEvent event, boolean panelOpen) {
    if (Keys.NEXT_PANE.match(event) || Keys.FORMER_PANE.match(event)) {
      nextPane(event.isShiftDown() ? -1 : 1);
      event.consume();
    } else if (Keys.OFFLINE.match(event)) {
      model.signIn().workOffline(!model.signIn().worksOffline());
      event.consume();
    } else if (!panelOpen && goes(event)) {
      event.consume();
    }
  }

  private boolean goes(KeyEvent event) {
    int digit = Keys.digit(event);
    if (Keys.JUMP.match(event)) {
      palette.accept("");
    } else if (Keys.COMMANDS.match(event)) {
      palette.accept(">");
    } else if (Keys.RAIL.match(event)) {
      toggleRail();
    } else if (Keys.PATH.match(event)) {
      Focus.first(pathPlace);
    } else if (Keys.back(event)) {
      model.back();
    } else if (Keys.forward(event)) {
      model.forward();
    } else if (digit > 0 && digit <= RailView.AREAS.size()) {
      model.show(RailView.AREAS.get(digit - 1).screen());
    } else {
      return false;
    }
    return true;
  }

  /// Keys that a screen may answer first.
  void keysLeftOver(KeyEvent event, boolean panelOpen) {
    if (!panelOpen && Keys.INVITE.match(event)) {
      model.show(new Screen.Invite());
      event.consume();
    }
  }

  private void tick() {
    model.status().tick();
    model.signInPane().tick();
  }

  private void nextPane(int by) {
    List<Parent> panes = List.of(railPlace, header, screenPlace, statusPlace);
    Node owner = root.getScene().getFocusOwner();
    int at = 0;
    for (int i = 0; i < panes.size(); i++) {
      if (owner != null && Focus.within(owner, panes.get(i))) {
        at = i;
      }
    }
    for (int step = 1; step <= panes.size(); step++) {
      Parent pane = panes.get(Math.floorMod(at + by * step, panes.size()));
      Focus.first(pane);
      Node now = root.getScene().getFocusOwner();
      if (now != null && Focus.within(now, pane)) {
        return;
      }
    }
  }

  private void placeRail() {
    boolean was = rail.isNarrow();
    boolean narrow = split.getWidth() > 0 && split.getWidth() < grown(NARROW);
    rail.narrow(narrow);
    railPlace.setMinWidth(grown(narrow ? RailView.NARROW_WIDTH : RAIL_LEAST));
    railPlace.setMaxWidth(grown(narrow ? RailView.NARROW_WIDTH : RAIL_MOST));
    if (!railWanted) {
      split.getItems().remove(railPlace);
    } else if (!split.getItems().contains(railPlace)) {
      split.getItems().addFirst(railPlace);
      widenRail();
    } else if (was && !narrow) {
      widenRail();
    }
  }

  /// Gives the rail its usual width: among icons, the divider had another place.
  private void widenRail() {
    railPlace.setPrefWidth(grown(RAIL_WIDTH));
    Divider.place(split, width -> grown(RAIL_WIDTH));
  }

  /// A width for the text size chosen now.
  private double grown(double pixels) {
    return pixels * jump.getFont().getSize() / Theme.TEXT_PIXELS;
  }

  @FXML
  private void back() {
    model.back();
  }

  @FXML
  private void forward() {
    model.forward();
  }

  @FXML
  private void jump() {
    palette.accept("");
  }

  @FXML
  private void dismiss() {
    model.noticeProperty().set("");
  }

  @FXML
  private void takeOffer() {
    model.signIn().takeOffer();
  }
}

package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.javafx.FontIcon;

/// Large text and small windows: the frame stays whole, and going back leaves nothing changed.
class SmallWindowStory {
  private static final List<String> FRAME =
      List.of("railPlace", "header", "jump", "screenPlace", "statusPlace");
  private static final List<KeyCode> AREAS =
      List.of(
          KeyCode.DIGIT1,
          KeyCode.DIGIT2,
          KeyCode.DIGIT3,
          KeyCode.DIGIT4,
          KeyCode.DIGIT5,
          KeyCode.DIGIT6);

  @TempDir private Path folder;

  @Test
  void everyScreenStaysInsideTheWindowWithTheLargestText() throws Exception {
    try (GuestlistDriver app = openNorthwind()) {
      Map<String, Double> plain = columns(app);
      double rail = widthOf(app, "railPlace");
      for (int step = 0; step < 4; step++) {
        app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      }
      everyScreenIsWhole(app, "200");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.waitsForRow("table", "ed.m");
      columns(app)
          .forEach((column, width) ->
              assertThat(width).as(column).isGreaterThan(1.9 * plain.getOrDefault(column, 0.0)));
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT0);
      app.settle();
      assertThat(columns(app)).isEqualTo(plain);
      assertThat(widthOf(app, "railPlace")).isEqualTo(rail);
    }
  }

  @Test
  void aNarrowWindowKeepsTheAreasAsIconsAndGivesTheirNamesBack() throws Exception {
    try (GuestlistDriver app = openNorthwind()) {
      double wide = widthOf(app, "railPlace");
      assertThat(app.shows("Accept codes")).isTrue();
      app.resizes(720, 480);
      app.settle();
      assertThat(app.shows("Accept codes")).isFalse();
      app.sees("railPlace", node -> node.getLayoutBounds().getWidth() < wide / 3);
      everyScreenIsWhole(app, "720x480");
      app.resizes(1366, 768);
      app.reads("Accept codes");
      app.sees("railPlace", node -> node.getLayoutBounds().getWidth() == wide);
    }
  }

  @Test
  void detailsLieOverTheTableWhereThereIsNoRoomForBoth() throws Exception {
    try (GuestlistDriver app = openNorthwind()) {
      app.selectsRowOf("table", "ed.m");
      app.presses(KeyCode.ENTER);
      app.reads("Will get");
      double beside = widthOf(app, "table");
      app.resizes(720, 480);
      assertThat(app.shows("Will get")).isTrue();
      app.sees("table", node -> node.getLayoutBounds().getWidth() > 600);
      frameIsInside(app);
      app.picture("small-details");
      app.presses(KeyCode.ESCAPE);
      app.presses(KeyCode.ESCAPE);
      app.seesNoMore("Will get");
      app.selectsRowOf("table", "ed.m");
      app.presses(KeyCode.ENTER);
      app.reads("Will get");
      app.resizes(1366, 768);
      assertThat(app.shows("Will get")).isTrue();
      app.sees("table", node -> node.getLayoutBounds().getWidth() == beside);
    }
  }

  private GuestlistDriver openNorthwind() throws Exception {
    GuestlistDriver app = GuestlistDriver.start(folder);
    app.clicks("practise");
    app.reads("Choose an organization");
    app.jumpsTo("northwind");
    app.reads("Invitations of Northwind");
    app.waitsForRow("table", "ed.m");
    return app;
  }

  private static void everyScreenIsWhole(GuestlistDriver app, String name) {
    for (int area = 0; area < AREAS.size(); area++) {
      app.presses(KeyCode.CONTROL, AREAS.get(area));
      frameIsInside(app);
      app.picture("small" + (area + 1) + "-" + name);
    }
  }

  private static void frameIsInside(GuestlistDriver app) {
    app.settle();
    for (String part : FRAME) {
      inside(app.sees(part), part);
    }
    Node areas = app.sees("areas");
    List<Node> icons =
        GuestlistDriver.onScreen(() ->
            areas.lookupAll(".ikonli-font-icon").stream()
                .filter(icon -> icon instanceof FontIcon)
                .toList());
    assertThat(icons).hasSize(AREAS.size());
    for (Node icon : icons) {
      inside(icon, "the icon of an area");
      assertThat(onScene(areas).contains(onScene(icon))).as("icon in the rail").isTrue();
    }
  }

  private static void inside(Node node, String name) {
    Scene scene = node.getScene();
    Bounds at = onScene(node);
    assertThat(at.getMinX()).as("left of " + name).isGreaterThanOrEqualTo(0);
    assertThat(at.getMinY()).as("top of " + name).isGreaterThanOrEqualTo(0);
    assertThat(at.getMaxX()).as("right of " + name).isLessThanOrEqualTo(scene.getWidth() + 0.5);
    assertThat(at.getMaxY()).as("bottom of " + name).isLessThanOrEqualTo(scene.getHeight() + 0.5);
    assertThat(at.getHeight()).as("height of " + name).isGreaterThan(8);
  }

  private static Bounds onScene(Node node) {
    return GuestlistDriver.onScreen(() -> node.localToScene(node.getLayoutBounds()));
  }

  private static double widthOf(GuestlistDriver app, String id) {
    Node node = app.sees(id);
    return GuestlistDriver.onScreen(() -> node.getLayoutBounds().getWidth());
  }

  private static Map<String, Double> columns(GuestlistDriver app) {
    TableView<?> table = (TableView<?>) app.sees("table");
    return GuestlistDriver.onScreen(() ->
        table.getVisibleLeafColumns().stream()
            .collect(Collectors.toMap(TableColumn::getText, column -> column.getWidth())));
  }
}

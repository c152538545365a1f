package dev.guestlist.ui.invitations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The view in a window without a display: keys, selection, what is read out, pictures.
@NullUnmarked // what is made before each test is there in each test
class InvitationsViewTest {
  private static final Path PICTURES = Path.of("target/pictures");

  @TempDir private Path folder;
  private final TestScreen window = new TestScreen();
  private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
  private PracticeWorld world;
  private InvitationsViewModel model;
  private TableView<InvitationRow> table;
  private Theme theme;
  private Stage stage;
  private Scene scene;

  @BeforeAll
  static void startToolkit() {
    try {
      Platform.startup(() -> {});
    } catch (IllegalStateException e) {
      // another test started it
    }
    Platform.setImplicitExit(false);
  }

  @BeforeEach
  void open() throws Exception {
    world = PracticeWorld.signedIn(folder);
    world.workplace().organizations().readIndex();
    OrganizationId northwind = world.organization("Northwind");
    world.workplace().organizations().switchTo(northwind);
    world.workplace().organizations().readPath(northwind);
    Run run =
        world.workplace().runs().invite(northwind, world.people("Northwind", 1), false, "INC-4711");
    world.settled(run);
    PracticeWorld.until(
        () -> world.workplace().runs().rows(run.number()).getFirst().invitation().isPresent());
    on(() -> {
      ScreenContext over = window.over(world);
      ScreenContext context =
          new ScreenContext(
              over.workplace(),
              Background.threads(unexpected::add),
              window,
              window,
              over.texts(),
              over.clock(),
              window);
      model = new InvitationsViewModel(context);
      scene = new Scene(new InvitationsView(model, context.texts()).root(), 1000, 700);
      theme = new Theme(window);
      theme.apply(scene);
      stage = new Stage();
      stage.setScene(scene);
      stage.show();
      table = table(scene);
      return true;
    });
    until(() ->
        !model.reading().going()
            && table.isFocused()
            && table.getItems().stream().anyMatch(row -> row.entry().codeRow().isPresent()));
  }

  @AfterEach
  void close() {
    on(() -> {
      stage.close();
      model.close();
      return true;
    });
    world.close();
    assertThat(unexpected).isEmpty();
  }

  @Test
  void everythingInTheTableHasAKey() {
    press(KeyCode.A, true);
    assertThat(selected()).isEqualTo(size());
    assertThat(bulkLine()).isEqualTo(size() + " selected. All of them.");
    press(KeyCode.ESCAPE, false);
    assertThat(selected()).isZero();

    press(KeyCode.DOWN, false);
    press(KeyCode.SPACE, false);
    assertThat(selected()).isZero();
    press(KeyCode.SPACE, false);
    assertThat(selected()).isEqualTo(1);
    press(KeyCode.C, true);
    until(() -> window.copied().size() == 1);

    press(KeyCode.ENTER, false);
    until(() -> scene.lookup(".invitation-details") != null);
    press(KeyCode.I, true);
    until(() -> scene.lookup(".invitation-details") == null);

    press(KeyCode.N, true);
    assertThat(window.shown()).hasSize(1);
  }

  @Test
  void searchIsAKeyAwayAndTheArrowLeadsBack() {
    press(KeyCode.F, true);
    assertThat(on(() -> scene.getFocusOwner())).isInstanceOf(TextField.class);
    on(() -> {
      model.searchProperty().set("legal");
      return true;
    });
    until(() -> table.getItems().size() < 100);
    assertThat(on(() -> List.copyOf(table.getItems())))
        .isNotEmpty()
        .allMatch(row -> row.search().contains("legal"));
    press(KeyCode.DOWN, false);
    assertThat(on(table::isFocused)).isTrue();
    press(KeyCode.A, true);
    assertThat(bulkLine()).endsWith("selected. All that match the filter.");
    press(KeyCode.F, true);
    press(KeyCode.ESCAPE, false);
    until(() -> table.getItems().size() == model.contents().all().size());
  }

  @Test
  void deletesAndTakesBackByKey() {
    InvitationRow row =
        on(() -> {
          int at =
              table.getItems().stream()
                  .filter(InvitationRow::deletable)
                  .map(table.getItems()::indexOf)
                  .findFirst()
                  .orElseThrow();
          table.getSelectionModel().clearAndSelect(at);
          return table.getItems().get(at);
        });
    press(KeyCode.DELETE, false);
    until(() -> now(row).status() == InvitationStatus.DELETING);
    assertThat(on(() -> table.getSelectionModel().getSelectedItem().key())).isEqualTo(row.key());
    press(KeyCode.Z, true);
    until(() -> now(row).status() == row.status());
  }

  @Test
  void readingAgainKeepsSelectionFocusAndPlace() {
    List<String> keys =
        on(() -> {
          table.getSelectionModel().selectIndices(60, 62);
          table.getFocusModel().focus(62);
          table.scrollTo(55);
          table.layout();
          return table.getSelectionModel().getSelectedItems().stream()
              .map(InvitationRow::key)
              .toList();
        });
    String top = topRow();
    String gone = on(() -> table.getItems().get(3).entry().username());
    world.control().othersDelete("Northwind", 0, List.of(gone));
    press(KeyCode.F5, false);
    until(() ->
        table.getItems().stream()
            .anyMatch(row -> row.status() == InvitationStatus.NO_LONGER_LISTED));
    assertThat(
            on(() ->
                table.getSelectionModel().getSelectedItems().stream()
                    .map(InvitationRow::key)
                    .toList()))
        .containsExactlyElementsOf(keys);
    assertThat(on(() -> table.getFocusModel().getFocusedItem().key())).isEqualTo(keys.getLast());
    assertThat(topRow()).isEqualTo(top);
  }

  @Test
  void cellsAreReadOutAsSentences() {
    on(() -> {
      table.applyCss();
      table.layout();
      return true;
    });
    List<String> sentences =
        on(() -> {
          List<String> read = new ArrayList<>();
          for (Node node : table.lookupAll(".table-cell")) {
            if (node instanceof TableCell<?, ?> cell && !cell.isEmpty()) {
              read.add(cell.getAccessibleText());
            }
          }
          return read;
        });
    assertThat(sentences).doesNotContainNull();
    assertThat(sentences)
        .anyMatch(
            text -> text.matches("ed\\.m, Expires soon, about \\d hours left\\. Groups: .*\\."))
        .contains("Status: Expires soon");
  }

  @Test
  void columnsCanBeHiddenMovedAndAreRemembered() {
    on(() -> {
      table.getVisibleLeafColumns().getFirst().setVisible(false);
      return true;
    });
    until(() -> window.get("invitations.columns").orElse("").contains(":hidden"));
    assertThat(window.get("invitations.columns").orElse("")).startsWith("PERSON:140:hidden");
  }

  @Test
  void picturesOfItsStates() throws Exception {
    picture("table");
    on(() -> {
      model.arrangement().detailsOpenProperty().set(true);
      table.getItems().stream()
          .filter(row -> row.entry().codeRow().isPresent())
          .forEach(table.getSelectionModel()::select);
      table.scrollTo(table.getSelectionModel().getSelectedIndex());
      return true;
    });
    until(() -> model.details().codeProperty().get().startsWith("****-"));
    picture("details");
    on(() -> {
      model.searchProperty().set("nobody.like.this");
      return true;
    });
    until(() -> model.situationProperty().get().content() instanceof Situation.Content.Message);
    picture("nothing-found");
    world.stopServer();
    on(() -> {
      model.clearFilter();
      model.refresh();
      return true;
    });
    until(() -> model.situationProperty().get().notice().isPresent());
    picture("offline");
    world.startServer();
    assertThat(PICTURES.resolve("invitations-offline-dark.png")).isNotEmptyFile();
  }

  @Test
  void everyStatusIsAGlyphAndAWordInItsColour() throws Exception {
    Map<InvitationStatus, List<String>> expected = new EnumMap<>(InvitationStatus.class);
    expected.put(InvitationStatus.CODE_LOST, List.of("≈!", "Code lost", "danger"));
    expected.put(
        InvitationStatus.DELETED_NOT_INVITED, List.of("!", "Deleted, not invited again", "danger"));
    expected.put(InvitationStatus.REPLY_UNKNOWN, List.of("≈", "Reply unknown", "warning"));
    expected.put(InvitationStatus.NEEDS_DECISION, List.of("!", "Needs a decision", "warning"));
    expected.put(InvitationStatus.NOT_SENT, List.of("!", "Not sent", "danger"));
    expected.put(InvitationStatus.CANNOT_TELL, List.of("?", "Cannot tell", "warning"));
    expected.put(InvitationStatus.EXPIRES_SOON, List.of("◔", "Expires soon", "warning"));
    expected.put(InvitationStatus.EXPIRED, List.of("⊘", "Expired", "quiet-danger"));
    expected.put(
        InvitationStatus.PROBABLY_EXPIRED, List.of("⊘?", "Probably expired", "quiet-danger"));
    expected.put(
        InvitationStatus.JOINED_STILL_LISTED, List.of("✓○", "Joined, still listed", "warning"));
    expected.put(InvitationStatus.NO_LONGER_LISTED, List.of("?", "No longer listed", "info"));
    expected.put(InvitationStatus.WAITING, List.of("⇡", "Waiting to send", "info"));
    expected.put(InvitationStatus.DELETING, List.of("✕", "Deleting", "quiet"));
    expected.put(InvitationStatus.SENDING, List.of("⇡", "Sending", "info"));
    expected.put(InvitationStatus.PENDING, List.of("○", "Pending", "neutral"));
    expected.put(InvitationStatus.JOINED, List.of("✓", "Joined", "success"));
    expected.put(InvitationStatus.REPLACED, List.of("↻", "Replaced", "quiet"));
    expected.put(InvitationStatus.DELETED_HERE, List.of("✕", "Deleted here", "quiet"));
    List<InvitationRow> rows =
        expected.keySet().stream()
            .map(status ->
                Rows.row(status.name().toLowerCase(Locale.ROOT).replace('_', '.'))
                    .status(status)
                    .groups("sales")
                    .roles("Auditor")
                    .ends(world.clock().instant().plus(Duration.ofHours(20)))
                    .make())
            .toList();
    int[] looks = {0};
    until(() -> {
      // a list that is read meanwhile takes their place: they are put in again
      if (looks[0]++ % 500 == 0) {
        model.contents().show(rows, TableContents.count(rows));
      }
      return table.getItems().size() == expected.size();
    });
    // the order of need is the order of the words
    List<InvitationStatus> order = new ArrayList<>(expected.keySet());
    // a row that is being deleted stays where it was
    order.remove(InvitationStatus.DELETING);
    assertThat(on(() -> table.getItems().stream().map(InvitationRow::status).toList()))
        .filteredOn(status -> status != InvitationStatus.DELETING)
        .containsExactlyElementsOf(order);
    on(() -> {
      stage.setHeight(900);
      return true;
    });
    until(() -> scene.getHeight() > 800);
    Map<String, List<String>> shown =
        on(() -> {
          scene.getRoot().applyCss();
          scene.getRoot().layout();
          return table.lookupAll(".badge").stream()
              .filter(Node::isVisible)
              .collect(
                  Collectors.toMap(
                      InvitationsViewTest::wordOf, InvitationsViewTest::looksOf, (a, b) -> a));
        });
    picture("every-status");
    expected.forEach((status, wanted) ->
        assertThat(shown.getOrDefault(wanted.get(1), List.of()))
            .as(status.name())
            .containsAll(wanted));
  }

  /// Glyph, word and style classes of a badge.
  private static List<String> looksOf(Node badge) {
    List<String> looks = new ArrayList<>(badge.getStyleClass());
    looks.add(wordOf(badge));
    looks.addAll(textsIn(badge));
    return looks;
  }

  private static String wordOf(Node badge) {
    return ((Label) badge).getText();
  }

  private static List<String> textsIn(Node node) {
    return node.lookupAll(".label").stream()
        .filter(one -> one instanceof Label label && !label.getText().isEmpty())
        .map(one -> ((Label) one).getText())
        .toList();
  }

  @Test
  void aServerThatFailsLeavesTheLastListWithItsAgeAndTheReason() throws Exception {
    int before = size();
    world.control().refuseLists(9);
    on(() -> {
      model.refresh();
      return true;
    });
    until(() -> model.situationProperty().get().notice().isPresent());
    assertThat(size()).isEqualTo(before);
    String band = on(() -> model.situationProperty().get().notice().orElseThrow().text());
    assertThat(band)
        .startsWith("Could not read the list: ")
        .contains("500")
        .matches(".* Showing " + before + " rows from \\d\\d:\\d\\d\\.");
    picture("answered-500");
    assertThat(on(() -> textsIn(scene.getRoot())))
        .anyMatch(band::equals)
        .noneMatch(text -> text.startsWith("Nobody is invited"));
    assertThat(on(() -> table.isVisible())).isTrue();
    world.control().allWell();
    on(() -> {
      model.refresh();
      return true;
    });
    until(() -> model.situationProperty().get().notice().isEmpty());
  }

  @Test
  void theListOfAFormerDayIsForReadingOnly() throws Exception {
    int before = size();
    world.clock().move(Duration.ofDays(1));
    world.control().othersInvite("Northwind", 2);
    on(() -> {
      model.refresh();
      return true;
    });
    until(() -> !model.former().daysProperty().get().isEmpty());
    until(() -> !model.headingProperty().get().step().isEmpty());
    assertThat(on(() -> model.headingProperty().get().step())).startsWith("2 more than ");
    until(() -> table.getItems().size() == before + 2);
    MenuButton days = (MenuButton) scene.lookup("#dayButton");
    assertThat(on(days::isVisible)).isTrue();
    on(() -> {
      ((RadioMenuItem) days.getItems().get(2)).fire();
      return true;
    });
    until(() -> table.getItems().size() == before && model.former().list().isPresent());
    on(() -> {
      table.getSelectionModel().clearAndSelect(0);
      return true;
    });
    until(() -> !model.selection().rows().isEmpty());
    assertThat(on(() -> model.commandsProperty().get().delete().possible())).isFalse();
    assertThat(on(() -> model.situationProperty().get().notice().orElseThrow().text()))
        .startsWith("The list as of ");
    picture("former-day");
    on(() -> {
      model.take(Situation.Step.NEWEST);
      return true;
    });
    until(() -> table.getItems().size() == before + 2);
    assertThat(on(() -> model.situationProperty().get().notice())).isEmpty();
    on(() -> {
      table.getSelectionModel().clearSelection();
      return true;
    });
    picture("what-changed");
    on(() -> {
      ((Button) scene.lookup("#changesButton")).fire();
      return true;
    });
    assertThat(window.shown()).containsExactly(new Screen.Changes());
  }

  private InvitationRow now(InvitationRow row) {
    return table.getItems().stream()
        .filter(one -> one.key().equals(row.key()))
        .findFirst()
        .orElseThrow();
  }

  private String topRow() {
    return on(() -> {
      table.applyCss();
      table.layout();
      return table.lookupAll(".table-row-cell").stream()
          .filter(node ->
              node.isVisible() && node.getLayoutY() + node.getLayoutBounds().getHeight() > 0.5)
          .min((one, other) -> Double.compare(one.getLayoutY(), other.getLayoutY()))
          .map(node -> ((javafx.scene.control.TableRow<?>) node).getItem())
          .map(item -> ((InvitationRow) item).key())
          .orElseThrow();
    });
  }

  private int selected() {
    return on(() -> table.getSelectionModel().getSelectedItems().size());
  }

  private int size() {
    return on(() -> table.getItems().size());
  }

  private String bulkLine() {
    return on(() -> model.commandsProperty().get().selected());
  }

  @SuppressWarnings("unchecked")
  private static TableView<InvitationRow> table(Scene scene) {
    scene.getRoot().applyCss();
    scene.getRoot().layout();
    return (TableView<InvitationRow>) scene.lookup(".table-view");
  }

  /// Presses a key where the focus is.
  private void press(KeyCode key, boolean shortcut) {
    on(() -> {
      Node at = scene.getFocusOwner();
      Event.fireEvent(
          at,
          new KeyEvent(
              KeyEvent.KEY_PRESSED, "", key.getName(), key, false, shortcut, false, false));
      return true;
    });
  }

  private void picture(String name) throws IOException {
    for (boolean dark : List.of(false, true)) {
      WritableImage image =
          on(() -> {
            if (dark) {
              theme.dark();
            } else {
              theme.light();
            }
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return scene.snapshot(null);
          });
      int width = (int) image.getWidth();
      int height = (int) image.getHeight();
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          picture.setRGB(x, y, image.getPixelReader().getArgb(x, y));
        }
      }
      Files.createDirectories(PICTURES);
      ImageIO.write(
          picture,
          "png",
          PICTURES.resolve("invitations-" + name + (dark ? "-dark" : "-light") + ".png").toFile());
    }
  }

  private void until(BooleanSupplier condition) {
    PracticeWorld.until(() -> on(condition::getAsBoolean));
  }

  private static <T> T on(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Platform.runLater(task);
    try {
      return task.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}

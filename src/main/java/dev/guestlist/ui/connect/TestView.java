package dev.guestlist.ui.connect;

import dev.guestlist.model.ServerCertificate;
import dev.guestlist.service.ConnectionTest.Result;
import dev.guestlist.ui.kit.FindingText;
import dev.guestlist.ui.kit.Fxml;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The lines of the connection test, and the certificate to decide on.
final class TestView {
  private final TestViewModel model;
  private final Texts texts;
  private final Parent root;
  @FXML private Button run;
  @FXML private ProgressIndicator turning;
  @FXML private Label summary;
  @FXML private Button copy;
  @FXML private VBox lines;
  @FXML private VBox doubt;
  @FXML private Label doubtTitle;
  @FXML private Label doubtText;
  @FXML private Label doubtDefault;
  @FXML private GridPane facts;
  @FXML private CheckBox compared;
  @FXML private Button trust;
  @FXML private Label reason;

  TestView(TestViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.root = Fxml.load(this, texts);
  }

  @FXML
  private void initialize() {
    run.disableProperty().bind(model.runningProperty());
    showWhile(turning, model.runningProperty());
    model.lines().addListener((Observable list) -> showLines());
    showLines();
    summary
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.lines().isEmpty()
                        ? texts.get(model.runningProperty().get() ? "test.running" : "test.hint")
                        : model.summaryProperty().get(),
                model.lines(),
                model.runningProperty(),
                model.summaryProperty()));
    copy.setText(texts.get("test.copy"));
    showWhile(copy, model.summaryProperty().isNotEmpty());
    model.doubtProperty().subscribe(this::showDoubt);
    compared.selectedProperty().bindBidirectional(model.comparedProperty());
    trust.disableProperty().bind(compared.selectedProperty().not());
    showWhile(reason, compared.selectedProperty().not());
  }

  Parent root() {
    return root;
  }

  private void showLines() {
    lines.getChildren().setAll(model.lines().stream().map(this::line).toList());
    run.setText(texts.get(model.lines().isEmpty() ? "test.run" : "test.again"));
    shown(lines, !model.lines().isEmpty());
  }

  private Node line(TestViewModel.Line line) {
    Label mark = new Label(mark(line.result()));
    mark.getStyleClass().addAll("test-mark", style(line.result()));
    mark.setAccessibleText(FindingText.result(line.result(), texts));
    Label check = new Label(line.check());
    check.getStyleClass().add("test-check");
    Label words = new Label(line.text().words());
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    VBox found = new VBox(words);
    HBox.setHgrow(found, Priority.ALWAYS);
    if (!line.text().next().isBlank()) {
      Label next = new Label(line.text().next());
      next.getStyleClass().addAll("quiet", "small");
      next.setWrapText(true);
      next.setMinHeight(Region.USE_PREF_SIZE);
      found.getChildren().add(next);
    }
    Label took = new Label(line.took());
    took.getStyleClass().addAll("quiet", "small", "test-took");
    took.setMinWidth(Region.USE_PREF_SIZE);
    HBox row = new HBox(mark, check, found, took);
    row.getStyleClass().add("test-line");
    return row;
  }

  private static String mark(Result result) {
    return switch (result) {
      case FINE -> "✓";
      case WARNING -> "!";
      case FAILED -> "✗";
      case NOT_TRIED -> "–";
    };
  }

  private static String style(Result result) {
    return switch (result) {
      case FINE -> "success";
      case WARNING -> "warning";
      case FAILED -> "danger";
      case NOT_TRIED -> "neutral";
    };
  }

  private void showDoubt(Optional<TestViewModel.Doubt> now) {
    shown(doubt, now.isPresent());
    facts.getChildren().clear();
    if (now.isEmpty()) {
      return;
    }
    ServerCertificate certificate = now.get().certificate();
    boolean changed = now.get().before().isPresent();
    doubtTitle.setText(texts.get(changed ? "trust.changed.title" : "trust.title"));
    doubtText.setText(texts.get(changed ? "trust.changed" : "trust.unknown"));
    doubtDefault.setText(texts.get("trust.default"));
    shown(doubtDefault, certificate.knownDefault());
    fact("trust.subject", certificate.subject(), "");
    if (!certificate.names().isEmpty()) {
      fact("trust.names", String.join(", ", certificate.names()), "");
    }
    fact("trust.issuer", certificate.issuer(), "");
    fact(
        "trust.valid",
        texts.get(
            "trust.valid.days",
            FindingText.day(certificate.validFrom()),
            FindingText.day(certificate.validUntil())),
        "");
    now.get().before().ifPresent(before -> fact("trust.old", Fingerprint.grouped(before), "mono"));
    fact(
        changed ? "trust.new" : "trust.fingerprint",
        Fingerprint.grouped(certificate.fingerprint()),
        "mono");
  }

  private void fact(String key, String value, String style) {
    Label name = new Label(texts.get(key));
    name.getStyleClass().addAll("quiet", "small");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Label text = new Label(value);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    text.getStyleClass().add(style.isEmpty() ? "fact" : style);
    GridPane.setHgrow(text, Priority.ALWAYS);
    facts.addRow(facts.getRowCount(), name, text);
  }

  private static void shown(Node node, boolean yes) {
    node.setVisible(yes);
    node.setManaged(yes);
  }

  private static void showWhile(Node node, ObservableValue<Boolean> yes) {
    node.visibleProperty().bind(yes);
    node.managedProperty().bind(yes);
  }

  @FXML
  private void run() {
    model.run();
  }

  @FXML
  private void copy() {
    model.copy();
  }

  @FXML
  private void trust() {
    model.trust();
  }
}

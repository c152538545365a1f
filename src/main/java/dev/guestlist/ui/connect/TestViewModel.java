package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ServerCertificate;
import dev.guestlist.service.ConnectionTest;
import dev.guestlist.service.ConnectionTest.Result;
import dev.guestlist.service.Finding;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FindingText;
import dev.guestlist.ui.kit.Texts;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The connection test below the form: its lines as they come, and the certificate that somebody
/// has to decide on.
final class TestViewModel {
  private final Parts parts;
  private final Texts texts;
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Optional<Doubt>> doubt =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final BooleanProperty compared = new SimpleBooleanProperty();
  private String head = "";

  /// What the test is given.
  ///
  /// @param connection what the form describes; empty when it cannot be read yet
  /// @param tests makes a test of it
  /// @param names what organizations are called
  /// @param pin lets the form trust one certificate by its fingerprint
  record Parts(
      Supplier<Optional<Connection>> connection,
      Function<Connection, ConnectionTest> tests,
      Function<OrganizationId, String> names,
      Background background,
      Dialogs dialogs,
      InstantSource clock,
      Pin pin) {}

  /// Takes a fingerprint into the form.
  interface Pin {
    void trust(String fingerprint);
  }

  /// One line of the test.
  ///
  /// @param check what the step is called
  /// @param took how long it took; blank where nothing was asked
  record Line(Result result, String check, FindingText text, String took) {}

  /// A certificate that was refused.
  ///
  /// @param before the fingerprint that was trusted until now; empty when none was
  record Doubt(ServerCertificate certificate, Optional<String> before) {}

  TestViewModel(Parts parts, Texts texts) {
    this.parts = parts;
    this.texts = texts;
  }

  ObservableList<Line> lines() {
    return lines;
  }

  ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /// How it went altogether; blank before the end.
  ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /// The certificate to decide on; empty when there is none.
  ReadOnlyObjectProperty<Optional<Doubt>> doubtProperty() {
    return doubt.getReadOnlyProperty();
  }

  /// Whether the person says that the fingerprint was compared.
  BooleanProperty comparedProperty() {
    return compared;
  }

  /// Runs all steps with what the form says now.
  void run() {
    Optional<Connection> connection = parts.connection().get();
    if (running.get() || connection.isEmpty()) {
      return;
    }
    Connection tested = connection.get();
    running.set(true);
    lines.clear();
    summary.set("");
    doubt.set(Optional.empty());
    compared.set(false);
    head =
        texts.get(
            "test.report",
            tested.name(),
            tested.server().toString(),
            tested.rootOrganization(),
            parts.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    parts
        .background()
        .run(
            () -> {
              parts
                  .tests()
                  .apply(tested)
                  .run(line -> {
                    Line shown = line(line);
                    Optional<Doubt> open = doubt(line.finding(), tested);
                    parts.background().onScreen(() -> take(shown, open));
                  });
              return true;
            },
            ignored -> ended());
  }

  /// Trusts the shown certificate and no other, once the person compared it; then tests again.
  void trust() {
    if (doubt.get().isPresent() && compared.get()) {
      parts.pin().trust(doubt.get().get().certificate().fingerprint());
      parts.dialogs().tell(texts.get("trust.done"));
      run();
    }
  }

  /// Copies all lines, for whoever runs the server.
  void copy() {
    StringBuilder report = new StringBuilder(head).append("\n\n");
    for (Line line : lines) {
      report.append(FindingText.result(line.result(), texts)).append(": ");
      report.append(line.check()).append(". ").append(line.text().words());
      for (String more : new String[] {line.text().next(), line.text().details()}) {
        if (!more.isBlank()) {
          report.append(' ').append(more);
        }
      }
      report.append('\n');
    }
    parts.dialogs().copy(report.toString());
    parts.dialogs().tell(texts.get("test.copied"));
  }

  private Line line(ConnectionTest.Line line) {
    long millis = line.took().toMillis();
    return new Line(
        line.result(),
        FindingText.check(line.check(), texts),
        FindingText.of(line.finding(), texts, parts.names()),
        line.took().isZero() ? "" : texts.get("test.took", millis));
  }

  private static Optional<Doubt> doubt(Finding finding, Connection tested) {
    return finding instanceof Finding.NotTrusted refused
        ? doubt(refused.problem(), tested)
        : Optional.empty();
  }

  private static Optional<Doubt> doubt(Problem.Untrusted problem, Connection tested) {
    Optional<String> before =
        tested.settings().trust() instanceof Trust.Pinned pinned
            ? Optional.of(pinned.fingerprint())
            : Optional.empty();
    return problem.certificate().map(certificate -> new Doubt(certificate, before));
  }

  private void take(Line line, Optional<Doubt> open) {
    lines.add(line);
    if (open.isPresent()) {
      doubt.set(open);
    }
  }

  private void ended() {
    running.set(false);
    long failed = count(Result.FAILED);
    long warnings = count(Result.WARNING);
    long notTried = count(Result.NOT_TRIED);
    summary.set(
        failed + warnings + notTried == 0
            ? texts.get("test.all-fine", lines.size())
            : texts.get("test.some-failed", failed, warnings, notTried));
  }

  private long count(Result result) {
    return lines.stream().filter(line -> line.result() == result).count();
  }
}

package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Texts;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The start: the practice server, or a connection that is known already.
public final class WelcomeViewModel implements AutoCloseable {
  private final Practice practice;
  private final Places places;
  private final Texts texts;
  private final Consumer<Workplace> opened;
  private final Runnable connect;
  private final Background background;
  private final ObservableList<Connection> connections = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");

  /// Either a connection that is open, or why it is not.
  private record Opening(Optional<Workplace> workplace, String failure) {}

  /// Reads the known connections.
  ///
  /// @param opened told, on the screen's thread, when a connection is open
  /// @param connect leads to the connections of this computer
  public WelcomeViewModel(
      Practice practice,
      Places places,
      Background background,
      Texts texts,
      Consumer<Workplace> opened,
      Runnable connect) {
    this.connect = connect;
    this.practice = practice;
    this.places = places;
    this.background = background.scope();
    this.texts = texts;
    this.opened = opened;
    this.background.run(places::connections, connections::setAll);
  }

  /// The connections that this computer knows.
  public ObservableList<Connection> connections() {
    return connections;
  }

  /// Whether something is being opened.
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// What is being done, in words; blank when nothing is.
  public ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /// Why the last try failed; blank when it did not.
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// Starts the practice server, signs its first account in, and opens it.
  public void practise() {
    begin(texts.get("welcome.starting-practice"), this::openPractice);
  }

  /// Opens a known connection: what this computer keeps can be read at once.
  public void open(Connection connection) {
    begin(
        texts.get("welcome.opening", connection.name()),
        () -> new Opening(Optional.of(places.open(connection)), ""));
  }

  /// Leads to where a connection to a real server is made.
  public void connect() {
    connect.run();
  }

  private void begin(String words, Background.Work<Opening> work) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    progress.set(words);
    failure.set("");
    background.runToEnd(
        work,
        this::done,
        () -> {
          busy.set(false);
          progress.set("");
        });
  }

  private Opening openPractice() {
    try {
      Connection connection = practice.start();
      Workplace workplace = places.open(connection);
      practice.signIn(workplace.session(), practice.accounts().getFirst().username());
      workplace.organizations().readChildren(Optional.empty());
      return new Opening(Optional.of(workplace), "");
    } catch (ProblemException e) {
      places.closeCurrent();
      return new Opening(
          Optional.empty(), ProblemText.of(e.problem(), Optional.empty(), texts).line());
    } catch (UncheckedIOException e) {
      return new Opening(
          Optional.empty(), texts.get("welcome.practice-failed", String.valueOf(e.getMessage())));
    }
  }

  private void done(Opening opening) {
    failure.set(opening.failure());
    opening.workplace().ifPresent(opened);
  }

  @Override
  public void close() {
    background.close();
  }
}

package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Colour;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.service.Connections;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The connections of this computer and the one that is in the editor.
public final class ConnectionsViewModel implements AutoCloseable, EditorViewModel.Host {
  private final ConnectContext context;
  private final Ways ways;
  private final Texts texts;
  private final Background background;
  private final Map<ConnectionId, EditorViewModel> editors = new HashMap<>();
  private final ObservableList<Item> items = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<ConnectionId>> chosen;
  private final ReadOnlyObjectWrapper<Optional<EditorViewModel>> editor =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private List<Connection> known = List.of();

  /// Where the screen leads to.
  public interface Ways {
    /// Opens a connection in the window.
    void open(Connection connection, boolean signIn);

    /// The connection that is open now.
    Optional<ConnectionId> openNow();

    /// Shows the page about the key of secrets.
    void secrets();

    /// Shows what the server's administrator sets up for a connection.
    void sheet(Connection connection);

    /// Tells that a connection is no longer on this computer.
    void removed(ConnectionId id);
  }

  /// One line of the list.
  public record Item(
      ConnectionId id,
      String name,
      Kind kind,
      Colour colour,
      boolean favourite,
      boolean readOnly,
      boolean changed,
      boolean open) {}

  /// Reads the known connections.
  ///
  /// @param first the one to edit first; a new one when there are none at all
  public ConnectionsViewModel(ConnectContext context, Ways ways, Optional<ConnectionId> first) {
    this.context = context;
    this.ways = ways;
    texts = context.texts();
    background = context.background().scope();
    chosen = new SimpleObjectProperty<>(first.or(ways::openNow));
    chosen.addListener((property, was, is) -> showEditor());
    read(true);
  }

  public ObservableList<Item> items() {
    return items;
  }

  /// Which connection is in the editor.
  public ObjectProperty<Optional<ConnectionId>> chosenProperty() {
    return chosen;
  }

  ReadOnlyObjectProperty<Optional<EditorViewModel>> editorProperty() {
    return editor.getReadOnlyProperty();
  }

  /// Why the last import or export failed; blank when it did not.
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// Starts a new connection.
  public void create() {
    begin(new ConnectionForm(Connections.newId()));
  }

  @Override
  public void copy(ConnectionForm form) {
    String name = texts.get("connections.copy-of", form.name.get().strip());
    begin(form.copy(Connections.newId(), name));
  }

  @Override
  public void saved(Connection connection, boolean thenSignIn) {
    Optional<Connection> before =
        known.stream().filter(one -> one.id().equals(connection.id())).findFirst();
    context.drafts().drop(connection.id());
    boolean open = ways.openNow().equals(Optional.of(connection.id()));
    boolean newSession = open && !before.map(was -> onlyLooks(was, connection)).orElse(false);
    if (thenSignIn || newSession) {
      ways.open(connection, thenSignIn);
      return;
    }
    context.dialogs().tell(texts.get("connection.saved", connection.name()));
    read(false);
  }

  @Override
  public void cancelled(ConnectionForm form) {
    context.drafts().drop(form.id);
    editors.remove(form.id);
    boolean wasKept = known.stream().anyMatch(one -> one.id().equals(form.id));
    if (!wasKept) {
      chosen.set(known.stream().findFirst().map(Connection::id));
    }
    showItems();
    showEditor();
  }

  @Override
  public void remove(Connection connection) {
    background.run(() -> context.kept().whatGoes(connection.id()), goes -> ask(connection, goes));
  }

  @Override
  public void sheet(Connection connection) {
    ways.sheet(connection);
  }

  public void secrets() {
    ways.secrets();
  }

  /// Reads connections from a file that somebody exported.
  public void importFile() {
    context
        .files()
        .open(
            texts.get("connections.import.title"),
            sort(),
            file -> withFile(() -> importFrom(file), file));
  }

  /// Writes all connections but the practice one to a file, without secrets.
  public void exportFile() {
    context
        .files()
        .save(
            texts.get("connections.export.title"),
            sort(),
            texts.get("connections.export.name"),
            file -> withFile(() -> exportTo(file), file));
  }

  private interface FileWork {
    Outcome run() throws IOException;
  }

  /// What to say at the end: that it worked, or why not, or both.
  private record Outcome(String told, String failure) {}

  private Outcome importFrom(Path file) throws IOException {
    Connections.Import read = context.kept().imported(Files.readString(file));
    read.read().forEach(context.kept()::save);
    String complaints = String.join(" ", read.complaints());
    boolean nothing = read.read().isEmpty() && !complaints.isEmpty();
    return new Outcome(
        nothing ? "" : texts.get("connections.imported", read.read().size()), complaints);
  }

  private Outcome exportTo(Path file) throws IOException {
    List<ConnectionId> ids =
        context.kept().all().stream()
            .filter(one -> one.kind() != Kind.PRACTICE)
            .map(Connection::id)
            .toList();
    Files.writeString(file, context.kept().exported(ids));
    return new Outcome(texts.get("connections.exported", ids.size(), file.toString()), "");
  }

  private void withFile(FileWork work, Path file) {
    failure.set("");
    background.run(
        () -> {
          try {
            return work.run();
          } catch (IOException e) {
            return new Outcome("", texts.get("connections.file-failed", file.toString()));
          }
        },
        outcome -> {
          failure.set(outcome.failure());
          if (!outcome.told().isEmpty()) {
            context.dialogs().tell(outcome.told());
          }
          read(false);
        });
  }

  private FilePicker.Sort sort() {
    return new FilePicker.Sort(texts.get("connections.files"), List.of("*.json"));
  }

  private void ask(Connection connection, Connections.LeftBehind goes) {
    boolean nothing =
        goes.runs() + goes.waitingRows() + goes.codesNotHandedOver() + goes.organizations() == 0;
    String text =
        nothing
            ? texts.get("connections.remove.nothing")
            : texts.get(
                "connections.remove.text",
                goes.waitingRows(),
                goes.codesNotHandedOver(),
                goes.organizations(),
                goes.invitations());
    context
        .dialogs()
        .confirm(
            new Dialogs.Question(
                texts.get("connections.remove.title", connection.name()),
                text,
                texts.get("connections.remove.do"),
                texts.get("connections.remove.keep")),
            () -> removeNow(connection.id()));
  }

  private void removeNow(ConnectionId id) {
    boolean open = ways.openNow().equals(Optional.of(id));
    background.run(
        () -> {
          if (open) {
            context.places().closeCurrent();
          }
          context.kept().remove(id);
          return true;
        },
        ignored -> {
          context.drafts().drop(id);
          editors.remove(id);
          chosen.set(Optional.empty());
          read(false);
          ways.removed(id);
        });
  }

  private void begin(ConnectionForm form) {
    context.drafts().put(form);
    showItems();
    chosen.set(Optional.of(form.id));
  }

  private void read(boolean first) {
    background.run(
        context.kept()::all,
        all -> {
          known = all;
          boolean gone =
              chosen
                  .get()
                  .filter(id -> all.stream().noneMatch(one -> one.id().equals(id)))
                  .filter(id -> context.drafts().find(id).isEmpty())
                  .isPresent();
          if (gone) {
            chosen.set(Optional.empty());
          }
          showItems();
          if (first && items.isEmpty()) {
            create();
          } else if (first && chosen.get().isEmpty()) {
            chosen.set(Optional.of(items.getFirst().id()));
          }
          showEditor();
        });
  }

  private void showItems() {
    List<Item> now = new ArrayList<>();
    for (Connection connection : known) {
      ConnectionForm form =
          context.drafts().find(connection.id()).orElseGet(() -> ConnectionForm.of(connection));
      now.add(item(form));
    }
    context.drafts().all().stream()
        .filter(form -> known.stream().noneMatch(one -> one.id().equals(form.id)))
        .map(this::item)
        .forEach(now::add);
    now.sort(
        Comparator.comparing(Item::favourite)
            .reversed()
            .thenComparing(Item::name, String.CASE_INSENSITIVE_ORDER));
    if (!now.equals(items)) {
      items.setAll(now);
    }
  }

  private Item item(ConnectionForm form) {
    boolean isKept = known.stream().anyMatch(one -> one.id().equals(form.id));
    return new Item(
        form.id,
        form.name.get().isBlank() ? texts.get("connections.unnamed") : form.name.get().strip(),
        form.kind.get(),
        form.colour.get(),
        form.favourite.get(),
        form.readOnly.get(),
        !isKept || form.changed().get(),
        ways.openNow().equals(Optional.of(form.id)));
  }

  private void showEditor() {
    Optional<EditorViewModel> now = chosen.get().flatMap(this::editorOf);
    if (!now.equals(editor.get())) {
      editor.set(now);
    }
  }

  private Optional<EditorViewModel> editorOf(ConnectionId id) {
    if (editors.containsKey(id)) {
      return Optional.of(editors.get(id));
    }
    Optional<Connection> connection = known.stream().filter(one -> one.id().equals(id)).findFirst();
    Optional<ConnectionForm> form =
        context.drafts().find(id).or(() -> connection.map(ConnectionForm::of));
    return form.map(found -> {
      EditorViewModel made =
          new EditorViewModel(context.with(background), found, connection.isPresent(), this);
      found.changed().addListener((property, was, is) -> keepDraft(found, is));
      found.name.addListener((property, was, is) -> showItems());
      found.kind.addListener((property, was, is) -> showItems());
      found.colour.addListener((property, was, is) -> showItems());
      found.favourite.addListener((property, was, is) -> showItems());
      editors.put(id, made);
      return made;
    });
  }

  private void keepDraft(ConnectionForm form, boolean changed) {
    boolean isKept = known.stream().anyMatch(one -> one.id().equals(form.id));
    if (changed) {
      context.drafts().put(form);
    } else if (isKept) {
      context.drafts().drop(form.id);
    }
    showItems();
  }

  /// Whether the two differ in nothing that a session depends on.
  private static boolean onlyLooks(Connection was, Connection is) {
    Connection.Settings before = was.settings();
    Connection.Settings after = is.settings();
    return was.server().equals(is.server())
        && was.kind() == is.kind()
        && was.rootOrganization().equals(is.rootOrganization())
        && was.clientId().equals(is.clientId())
        && was.signIn() == is.signIn()
        && was.requestsAtOnce() == is.requestsAtOnce()
        && was.lifetime().equals(is.lifetime())
        && before.trust().equals(after.trust())
        && before.proxying().equals(after.proxying())
        && before.discovery().equals(after.discovery())
        && before.startIn().equals(after.startIn())
        && before.readOnly() == after.readOnly();
  }

  @Override
  public void close() {
    background.close();
  }
}

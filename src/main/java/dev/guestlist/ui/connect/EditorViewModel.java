package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ServerAddress;
import dev.guestlist.ui.connect.ConnectionForm.TrustChoice;
import dev.guestlist.ui.connect.FormErrors.Field;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The editor of one connection: its form, its secrets and its test.
final class EditorViewModel {
  private final ConnectContext context;
  private final ConnectionForm form;
  private final Host host;
  private final Texts texts;
  private final Background background;
  private final TestViewModel test;
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper understood = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Map<Field, String>> errors =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper kept = new ReadOnlyBooleanWrapper();
  private final StringProperty secret = new SimpleStringProperty("");
  private final BooleanProperty changingSecret = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper secretKept = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper secretState = new ReadOnlyStringWrapper("");
  private final StringProperty proxyPassword = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper proxyPasswordKept = new ReadOnlyBooleanWrapper();
  private final BooleanBinding changed;
  private boolean looking;

  /// What the editor asks of the screen around it.
  interface Host {
    /// After it was saved.
    void saved(Connection connection, boolean thenSignIn);

    /// The person wants the fields as they were.
    void cancelled(ConnectionForm form);

    void copy(ConnectionForm form);

    void remove(Connection connection);

    void sheet(Connection connection);
  }

  /// Edits what `form` holds.
  ///
  /// @param isKept whether this connection was saved before
  EditorViewModel(ConnectContext context, ConnectionForm form, boolean isKept, Host host) {
    this.context = context;
    this.form = form;
    this.host = host;
    texts = context.texts();
    background = context.background();
    kept.set(isKept);
    changed = form.changed().or(secret.isNotEmpty()).or(proxyPassword.isNotEmpty());
    test =
        new TestViewModel(
            new TestViewModel.Parts(
                this::tested,
                context.places()::test,
                context.places()::organizationName,
                background,
                context.dialogs(),
                context.clock(),
                this::pin),
            texts);
    InvalidationListener typed = observable -> look();
    for (Observable field : form.fields()) {
      field.addListener(typed);
    }
    look();
    readSecrets();
  }

  ConnectionForm form() {
    return form;
  }

  TestViewModel test() {
    return test;
  }

  /// Whether the program looks after the connection by itself.
  boolean fixed() {
    return form.kind.get() == Kind.PRACTICE;
  }

  /// Whether some rarely used field holds something unusual, so that it should be seen at once.
  boolean moreOpen() {
    return form.readOnly.get()
        || form.trust.get() != TrustChoice.SYSTEM
        || !form.discovery.get().isBlank();
  }

  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /// How the address is understood, or why it is not; blank while nothing is typed.
  ReadOnlyStringProperty understoodProperty() {
    return understood.getReadOnlyProperty();
  }

  /// What keeps it from being saved; empty until somebody tried to.
  ReadOnlyObjectProperty<Map<Field, String>> errorsProperty() {
    return errors.getReadOnlyProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// Whether it was saved once.
  ReadOnlyBooleanProperty keptProperty() {
    return kept.getReadOnlyProperty();
  }

  /// Whether something was typed that is not saved.
  BooleanBinding changed() {
    return changed;
  }

  /// The client secret as it is typed; a kept one is never shown.
  StringProperty secretProperty() {
    return secret;
  }

  BooleanProperty changingSecretProperty() {
    return changingSecret;
  }

  ReadOnlyBooleanProperty secretKeptProperty() {
    return secretKept.getReadOnlyProperty();
  }

  /// Whether a secret is kept, and where, in words.
  ReadOnlyStringProperty secretStateProperty() {
    return secretState.getReadOnlyProperty();
  }

  StringProperty proxyPasswordProperty() {
    return proxyPassword;
  }

  ReadOnlyBooleanProperty proxyPasswordKeptProperty() {
    return proxyPasswordKept.getReadOnlyProperty();
  }

  /// Shows the field for a new secret, or puts it away again.
  void changeSecret() {
    secret.set("");
    changingSecret.set(!changingSecret.get());
  }

  /// Forgets the kept secret, after a question.
  void forgetSecret() {
    context
        .dialogs()
        .confirm(
            new Dialogs.Question(
                texts.get("connection.secret.forget.title", title.get()),
                texts.get("connection.secret.forget.text"),
                texts.get("connection.secret.forget.do"),
                texts.get("connection.secret.forget.keep")),
            () ->
                background.run(
                    () -> {
                      context.kept().forgetClientSecret(form.id);
                      return true;
                    },
                    ignored -> readSecrets()));
  }

  void chooseTrustFile() {
    context
        .files()
        .open(
            texts.get("connection.trust.choose.title"),
            new FilePicker.Sort(
                texts.get("connection.trust.choose.files"),
                List.of("*.pem", "*.crt", "*.cer", "*.der")),
            file -> form.trustFile.set(file.toString()));
  }

  void removePin() {
    form.pinned.set("");
    if (form.trust.get() == TrustChoice.PINNED) {
      form.trust.set(TrustChoice.SYSTEM);
    }
  }

  void sheet() {
    tested().ifPresent(host::sheet);
  }

  void copy() {
    host.copy(form);
  }

  void remove() {
    host.remove(form.read());
  }

  void cancel() {
    host.cancelled(form);
  }

  /// Saves what was typed, if nothing is wrong with it.
  void save(boolean thenSignIn) {
    if (busy.get() || !valid()) {
      return;
    }
    if (fixed() || (kept.get() && !changed.get())) {
      host.saved(form.read(), thenSignIn);
      return;
    }
    Connection connection = form.read();
    String newSecret = secret.get();
    String newPassword = proxyPassword.get();
    busy.set(true);
    failure.set("");
    background.runToEnd(
        () -> write(connection, newSecret, newPassword),
        refused -> {
          if (refused.isPresent()) {
            failure.set(refused.get());
          } else {
            took(connection, thenSignIn);
          }
        },
        () -> busy.set(false));
  }

  private Optional<String> write(Connection connection, String newSecret, String newPassword) {
    if (connection.settings().trust() instanceof Connection.Trust.WithFile with
        && !Files.isReadable(with.file())) {
      return Optional.of(texts.get("connection.trust.file.unreadable", with.file().toString()));
    }
    context.kept().save(connection);
    try {
      if (!newSecret.isEmpty()) {
        context.kept().keepClientSecret(connection.id(), newSecret);
      }
      if (!newPassword.isEmpty()) {
        context.kept().keepProxyPassword(connection.id(), newPassword);
      }
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(texts.get("connection.save-failed", String.valueOf(e.getMessage())));
    }
  }

  private void took(Connection connection, boolean thenSignIn) {
    form.keep();
    kept.set(true);
    secret.set("");
    proxyPassword.set("");
    changingSecret.set(false);
    readSecrets();
    host.saved(connection, thenSignIn);
  }

  /// What the test tries out: the form, when it can be read.
  private Optional<Connection> tested() {
    return valid() ? Optional.of(form.read()) : Optional.empty();
  }

  private void pin(String fingerprint) {
    form.pinned.set(fingerprint);
    form.trust.set(TrustChoice.PINNED);
  }

  private boolean valid() {
    looking = true;
    look();
    return errors.get().isEmpty();
  }

  private void look() {
    title.set(
        form.name.get().isBlank() ? texts.get("connections.unnamed") : form.name.get().strip());
    understood.set(words(form.understood()));
    if (looking) {
      Map<Field, String> found = FormErrors.of(form, texts);
      boolean withoutSecret =
          form.way.get() == SignInWay.TECHNICAL_ACCOUNT
              && !secretKept.get()
              && secret.get().isBlank();
      Map<Field, String> all = new EnumMap<>(Field.class);
      all.putAll(found);
      if (withoutSecret) {
        all.put(Field.SECRET, texts.get("connection.secret.empty"));
      }
      errors.set(Map.copyOf(all));
    }
    showSecretState();
  }

  private String words(ServerAddress address) {
    return switch (address) {
      case ServerAddress.NotUnderstood why -> {
        boolean said = looking || why == ServerAddress.NotUnderstood.EMPTY;
        yield said ? "" : FormErrors.address(why, texts).orElse("");
      }
      case ServerAddress.Understood known -> {
        String server = known.server().toString();
        if (known.root().isEmpty()) {
          yield texts.get("connection.understood", server);
        }
        String root = known.root().get();
        yield known
            .organization()
            .map(in -> texts.get("connection.understood.organization", server, root, in))
            .orElseGet(() -> texts.get("connection.understood.root", server, root));
      }
    };
  }

  private record Secrets(boolean client, boolean proxy) {}

  private void readSecrets() {
    background.run(
        () ->
            new Secrets(
                context.kept().hasClientSecret(form.id), context.kept().hasProxyPassword(form.id)),
        now -> {
          secretKept.set(now.client());
          proxyPasswordKept.set(now.proxy());
          showSecretState();
        });
  }

  private void showSecretState() {
    boolean needed = form.way.get() == SignInWay.TECHNICAL_ACCOUNT;
    secretState.set(
        texts.get(
            secretKept.get()
                ? "connection.secret.kept"
                : needed ? "connection.secret.none" : "connection.secret.not-needed"));
  }
}

package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Colour;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.ServerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The fields of a connection as they are typed. Nothing of it is kept before it is saved.
final class ConnectionForm {
  final ConnectionId id;
  final StringProperty name = new SimpleStringProperty("");
  final BooleanProperty favourite = new SimpleBooleanProperty();
  final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.TEST);
  final ObjectProperty<Colour> colour = new SimpleObjectProperty<>(Colour.BLUE);
  final StringProperty address = new SimpleStringProperty("");
  final StringProperty root = new SimpleStringProperty("");
  final StringProperty startIn = new SimpleStringProperty("");
  final ObjectProperty<SignInWay> way = new SimpleObjectProperty<>(SignInWay.BROWSER);
  final StringProperty clientId = new SimpleStringProperty("");
  final BooleanProperty staySignedIn = new SimpleBooleanProperty();
  final StringProperty acceptLink = new SimpleStringProperty("");
  final StringProperty lifetime = new SimpleStringProperty("72");
  final StringProperty requests = new SimpleStringProperty("2");
  final BooleanProperty readOnly = new SimpleBooleanProperty();
  final ObjectProperty<TrustChoice> trust = new SimpleObjectProperty<>(TrustChoice.SYSTEM);
  final StringProperty trustFile = new SimpleStringProperty("");
  final StringProperty pinned = new SimpleStringProperty("");
  final ObjectProperty<ProxyChoice> proxy = new SimpleObjectProperty<>(ProxyChoice.SYSTEM);
  final StringProperty proxyHost = new SimpleStringProperty("");
  final StringProperty proxyPort = new SimpleStringProperty("8080");
  final StringProperty proxyUser = new SimpleStringProperty("");
  final StringProperty discovery = new SimpleStringProperty("");
  private final List<Property<?>> all =
      List.of(
          name,
          favourite,
          kind,
          colour,
          address,
          root,
          startIn,
          way,
          clientId,
          staySignedIn,
          acceptLink,
          lifetime,
          requests,
          readOnly,
          trust,
          trustFile,
          pinned,
          proxy,
          proxyHost,
          proxyPort,
          proxyUser,
          discovery);
  private final ObjectProperty<List<Object>> kept = new SimpleObjectProperty<>();
  private final BooleanBinding changed;
  private String rootFilledIn = "";
  private String startFilledIn = "";

  enum TrustChoice {
    SYSTEM,
    FILE,
    PINNED
  }

  enum ProxyChoice {
    SYSTEM,
    NONE,
    THROUGH
  }

  /// An empty form.
  ConnectionForm(ConnectionId id) {
    this.id = id;
    keep();
    Observable[] watched = Stream.concat(all.stream(), Stream.of(kept)).toArray(Observable[]::new);
    changed = Bindings.createBooleanBinding(() -> !values().equals(kept.get()), watched);
    address.addListener((property, was, is) -> fillInFromAddress());
  }

  /// A form that shows a connection.
  static ConnectionForm of(Connection connection) {
    ConnectionForm form = new ConnectionForm(connection.id());
    form.fill(connection);
    form.keep();
    return form;
  }

  /// All fields, to be watched.
  Observable[] fields() {
    return all.toArray(Observable[]::new);
  }

  /// Whether something was typed that is not kept.
  BooleanBinding changed() {
    return changed;
  }

  /// From now on nothing counts as changed.
  void keep() {
    kept.set(values());
  }

  /// What was typed as the address, taken apart.
  ServerAddress understood() {
    return ServerAddress.of(address.get());
  }

  /// The connection that the fields describe.
  ///
  /// @throws IllegalArgumentException when [FormErrors] has something to say
  Connection read() {
    if (!(understood() instanceof ServerAddress.Understood server)) {
      throw new IllegalArgumentException("There is no server's address.");
    }
    return new Connection(
        id,
        name.get().strip(),
        kind.get(),
        server.server(),
        root.get().strip(),
        clientId.get().strip(),
        way.get(),
        Integer.parseInt(requests.get().strip()),
        Duration.ofHours(Integer.parseInt(lifetime.get().strip())),
        new Settings(
            colour.get(),
            favourite.get(),
            text(startIn),
            text(discovery).map(URI::create),
            readTrust(),
            readProxy(),
            text(acceptLink),
            readOnly.get(),
            staySignedIn.get()));
  }

  /// The same fields as a new connection; what is kept for this one alone is not taken along.
  ConnectionForm copy(ConnectionId newId, String newName) {
    ConnectionForm copy = new ConnectionForm(newId);
    for (int i = 0; i < all.size(); i++) {
      set(copy.all.get(i), all.get(i).getValue());
    }
    copy.name.set(newName);
    copy.favourite.set(false);
    if (copy.kind.get() == Kind.PRACTICE) {
      copy.kind.set(Kind.TEST);
    }
    return copy;
  }

  private void fill(Connection from) {
    Settings settings = from.settings();
    name.set(from.name());
    favourite.set(settings.favourite());
    kind.set(from.kind());
    colour.set(settings.colour());
    address.set(from.server().toString());
    root.set(from.rootOrganization());
    startIn.set(settings.startIn().orElse(""));
    way.set(from.signIn());
    clientId.set(from.clientId());
    staySignedIn.set(settings.staySignedIn());
    acceptLink.set(settings.acceptLink().orElse(""));
    lifetime.set(Long.toString(from.lifetime().toHours()));
    requests.set(Integer.toString(from.requestsAtOnce()));
    readOnly.set(settings.readOnly());
    discovery.set(settings.discovery().map(URI::toString).orElse(""));
    switch (settings.trust()) {
      case Trust.OfSystem ignored -> trust.set(TrustChoice.SYSTEM);
      case Trust.WithFile with -> {
        trust.set(TrustChoice.FILE);
        trustFile.set(with.file().toString());
      }
      case Trust.Pinned pin -> {
        trust.set(TrustChoice.PINNED);
        pinned.set(pin.fingerprint());
      }
    }
    switch (settings.proxying()) {
      case Proxying.OfSystem ignored -> proxy.set(ProxyChoice.SYSTEM);
      case Proxying.None ignored -> proxy.set(ProxyChoice.NONE);
      case Proxying.Through through -> {
        proxy.set(ProxyChoice.THROUGH);
        proxyHost.set(through.host());
        proxyPort.set(Integer.toString(through.port()));
        proxyUser.set(through.user().orElse(""));
      }
    }
  }

  private Trust readTrust() {
    return switch (trust.get()) {
      case SYSTEM -> new Trust.OfSystem();
      case FILE -> new Trust.WithFile(Path.of(trustFile.get().strip()));
      case PINNED -> new Trust.Pinned(pinned.get());
    };
  }

  private Proxying readProxy() {
    return switch (proxy.get()) {
      case SYSTEM -> new Proxying.OfSystem();
      case NONE -> new Proxying.None();
      case THROUGH ->
          new Proxying.Through(
              proxyHost.get().strip(), Integer.parseInt(proxyPort.get().strip()), text(proxyUser));
    };
  }

  /// What the address tells beyond the server goes into its own fields, but never over something
  /// that was typed there.
  private void fillInFromAddress() {
    if (understood() instanceof ServerAddress.Understood known) {
      if (root.get().isBlank() || root.get().equals(rootFilledIn)) {
        rootFilledIn = known.root().orElse("");
        root.set(rootFilledIn);
      }
      if (startIn.get().isBlank() || startIn.get().equals(startFilledIn)) {
        startFilledIn = known.organization().orElse("");
        startIn.set(startFilledIn);
      }
    }
  }

  private List<Object> values() {
    return all.stream().<Object>map(Property::getValue).toList();
  }

  private static Optional<String> text(StringProperty field) {
    return Optional.of(field.get().strip()).filter(typed -> !typed.isEmpty());
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(Property<T> property, Object value) {
    property.setValue((T) value);
  }
}

package dev.guestlist.store;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Connections as a JSON file that people can write and read, without any secret. Only `name`,
/// `server`, `rootOrganization` and `clientId` are needed.
public final class ConnectionFile {
  private static final int VERSION = 1;
  private static final String VERSION_NAME = "guestlistConnections";
  private static final int LONGEST = 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ConnectionFile() {}

  public static String write(List<Connection> connections) {
    ObjectNode file = JSON.createObjectNode();
    file.put(VERSION_NAME, VERSION);
    ArrayNode all = file.putArray("connections");
    connections.forEach(connection -> write(connection, all.addObject()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file);
  }

  private static void write(Connection connection, ObjectNode to) {
    Connection.Settings settings = connection.settings();
    to.put("name", connection.name());
    to.put("kind", lower(connection.kind()));
    to.put("server", connection.server().toString());
    to.put("rootOrganization", connection.rootOrganization());
    to.put("clientId", connection.clientId());
    to.put("signIn", lower(connection.signIn()));
    to.put("requestsAtOnce", connection.requestsAtOnce());
    to.put("lifetimeHours", connection.lifetime().toHours());
    to.put("colour", lower(settings.colour()));
    settings.startIn().ifPresent(text -> to.put("startIn", text));
    settings.discovery().ifPresent(address -> to.put("discovery", address.toString()));
    switch (settings.trust()) {
      case Trust.OfSystem() -> {}
      case Trust.WithFile(Path file) -> to.put("certificateFile", file.toString());
      case Trust.Pinned(String fingerprint) -> to.put("pinnedCertificate", fingerprint);
    }
    switch (settings.proxying()) {
      case Proxying.OfSystem() -> {}
      case Proxying.None() -> to.put("proxy", "none");
      case Proxying.Through(String host, int port, Optional<String> user) -> {
        to.put("proxy", host + ":" + port);
        user.ifPresent(name -> to.put("proxyUser", name));
      }
    }
    settings.acceptLink().ifPresent(text -> to.put("acceptLink", text));
    to.put("readOnly", settings.readOnly());
    to.put("staySignedIn", settings.staySignedIn());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads what can be read.
  ///
  /// @param complaint told what was wrong, in words, one at a time
  public static List<Connection> read(
      String text, Supplier<ConnectionId> ids, Consumer<String> complaint) {
    if (text.length() > LONGEST) {
      complaint.accept("The file is too large for a list of connections.");
      return List.of();
    }
    JsonNode file;
    try {
      file = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JacksonException e) {
      complaint.accept("The file is not JSON. Nothing was read from it.");
      return List.of();
    }
    int version = file.path(VERSION_NAME).asInt(0);
    if (version < 1 || !file.path("connections").isArray()) {
      complaint.accept("The file is not a list of connections: it lacks " + VERSION_NAME + ".");
      return List.of();
    }
    if (version > VERSION) {
      complaint.accept(
          "The file was written by a newer Guestlist (version " + version + " of the list).");
      return List.of();
    }
    List<Connection> read = new ArrayList<>();
    int number = 0;
    for (JsonNode entry : file.path("connections")) {
      number++;
      try {
        read.add(read(entry, ids.get()));
      } catch (BadEntry | IllegalArgumentException e) {
        complaint.accept(
            "Connection "
                + number
                + " ("
                + text(entry, "name", "no name")
                + "): "
                + e.getMessage());
      }
    }
    return read;
  }

  /// An entry that cannot become a connection.
  private static final class BadEntry extends Exception {
    private static final long serialVersionUID = 1L;

    BadEntry(String message) {
      super(message);
    }
  }

  private static Connection read(JsonNode entry, ConnectionId id) throws BadEntry {
    Connection.Kind kind = choice(Connection.Kind.class, entry, "kind", Connection.Kind.TEST);
    return new Connection(
        id,
        needed(entry, "name"),
        kind == Connection.Kind.PRACTICE ? Connection.Kind.TEST : kind,
        server(needed(entry, "server")),
        needed(entry, "rootOrganization"),
        needed(entry, "clientId"),
        choice(Connection.SignInWay.class, entry, "signIn", Connection.SignInWay.BROWSER),
        number(entry, "requestsAtOnce", 2, 20),
        Duration.ofHours(number(entry, "lifetimeHours", 72, 24 * 366)),
        new Connection.Settings(
            choice(Connection.Colour.class, entry, "colour", Connection.Colour.BLUE),
            false,
            optional(entry, "startIn"),
            discovery(entry),
            trust(entry),
            proxying(entry),
            optional(entry, "acceptLink"),
            entry.path("readOnly").asBoolean(false),
            entry.path("staySignedIn").asBoolean(false)));
  }

  private static URI server(String text) throws BadEntry {
    URI address = URI.create(text);
    boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    String path = address.getPath() == null ? "" : address.getPath();
    boolean bare =
        address.getUserInfo() == null
            && address.getQuery() == null
            && address.getFragment() == null;
    if (!web || !bare || address.getHost() == null || !(path.isEmpty() || path.equals("/"))) {
      throw new BadEntry("server must be like https://id.example.com:9443, without a path.");
    }
    return URI.create(address.getScheme() + "://" + address.getAuthority());
  }

  private static Optional<URI> discovery(JsonNode entry) throws BadEntry {
    Optional<URI> address = optional(entry, "discovery").map(URI::create);
    boolean web =
        address
            .filter(one -> "https".equals(one.getScheme()) || "http".equals(one.getScheme()))
            .filter(one -> one.getHost() != null && one.getUserInfo() == null)
            .isPresent();
    if (address.isPresent() && !web) {
      throw new BadEntry("discovery must be a web address without a name and password.");
    }
    return address;
  }

  private static int number(JsonNode entry, String name, int otherwise, int most) throws BadEntry {
    JsonNode value = entry.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.asInt() < 1 || value.asInt() > most) {
      throw new BadEntry(name + " must be a number from 1 to " + most + ".");
    }
    return value.asInt();
  }

  private static Trust trust(JsonNode entry) {
    Optional<String> pinned = optional(entry, "pinnedCertificate");
    if (pinned.isPresent()) {
      return new Trust.Pinned(pinned.get().replace(":", "").toLowerCase(Locale.ROOT));
    }
    return optional(entry, "certificateFile")
        .<Trust>map(file -> new Trust.WithFile(Path.of(file)))
        .orElseGet(Trust.OfSystem::new);
  }

  private static Proxying proxying(JsonNode entry) throws BadEntry {
    Optional<String> proxy = optional(entry, "proxy");
    if (proxy.isEmpty()) {
      return new Proxying.OfSystem();
    }
    if (proxy.get().equals("none")) {
      return new Proxying.None();
    }
    int colon = proxy.get().lastIndexOf(':');
    if (colon < 1
        || proxy.get().contains("@")
        || !proxy.get().substring(colon + 1).matches("\\d{1,5}")) {
      throw new BadEntry("proxy must be none or like proxy.example.com:3128.");
    }
    return new Proxying.Through(
        proxy.get().substring(0, colon),
        Integer.parseInt(proxy.get().substring(colon + 1)),
        optional(entry, "proxyUser"));
  }

  private static <E extends Enum<E>> E choice(
      Class<E> type, JsonNode entry, String name, E otherwise) throws BadEntry {
    Optional<String> text = optional(entry, name);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E value : type.getEnumConstants()) {
      if (lower(value).equals(text.get())) {
        return value;
      }
    }
    throw new BadEntry(name + " cannot be '" + text.get() + "'.");
  }

  private static String needed(JsonNode entry, String name) throws BadEntry {
    return optional(entry, name).orElseThrow(() -> new BadEntry(name + " is missing."));
  }

  private static Optional<String> optional(JsonNode entry, String name) {
    return Optional.of(text(entry, name, "").strip()).filter(text -> !text.isEmpty());
  }

  private static String text(JsonNode entry, String name, String otherwise) {
    JsonNode value = entry.path(name);
    return value.isString() ? value.asString() : otherwise;
  }
}

package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Colour;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.KeyPlace;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class ConnectionsTest {
  @TempDir private Path folder;
  private LocalStore store;
  private Connections connections;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder, KeyFile.in(folder), InstantSource.system());
    connections = new Connections(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Connection named(String name, Settings settings) {
    return new Connection(
        new ConnectionId(name),
        name,
        Kind.PRODUCTION,
        URI.create("https://id.acme.example:9443"),
        "acme",
        "client",
        SignInWay.DEVICE_CODE,
        3,
        Duration.ofHours(48),
        settings);
  }

  private static Settings settings(boolean favourite, Trust trust, Proxying proxying) {
    return new Settings(
        Colour.RED,
        favourite,
        Optional.of("northwind"),
        Optional.of(URI.create("https://login.acme.example/.well-known/openid-configuration")),
        trust,
        proxying,
        Optional.of("https://id.acme.example/join?code={code}"),
        true,
        true);
  }

  private static final Trust PIN = new Trust.Pinned("ab".repeat(32));
  private static final Proxying PROXY = new Proxying.Through("proxy", 3128, Optional.of("anna"));

  @Test
  void keepEverySetting() {
    List<Connection> all =
        List.of(
            named("usual", Settings.USUAL),
            named("pinned", settings(false, PIN, PROXY)),
            named(
                "file",
                settings(true, new Trust.WithFile(Path.of("/etc/ca.pem")), new Proxying.None())));
    all.forEach(connections::save);
    assertThat(connections.all()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(connections.all().getFirst().name()).as("favourites first").isEqualTo("file");
    for (Connection one : all) {
      assertThat(connections.find(one.id())).contains(one);
    }
  }

  @Test
  void keepSecretsInTheVaultOnly() {
    Connection connection = named("one", Settings.USUAL);
    connections.save(connection);
    assertThat(connections.hasClientSecret(connection.id())).isFalse();
    connections.keepClientSecret(connection.id(), "s3cret");
    connections.keepProxyPassword(connection.id(), "pr0xy");
    assertThat(connections.hasClientSecret(connection.id())).isTrue();
    assertThat(connections.exported(List.of(connection.id())))
        .doesNotContain("s3cret")
        .doesNotContain("pr0xy");
    connections.forgetClientSecret(connection.id());
    assertThat(connections.hasClientSecret(connection.id())).isFalse();
    assertThat(connections.hasProxyPassword(connection.id())).isTrue();
    connections.remove(connection.id());
    assertThat(connections.hasProxyPassword(connection.id())).isFalse();
    assertThat(connections.find(connection.id())).isEmpty();
  }

  @Test
  void areCopiedWithoutSecretsAndStars() {
    Connection connection = named("one", settings(true, PIN, PROXY));
    connections.save(connection);
    connections.keepClientSecret(connection.id(), "s3cret");
    Connection copy = connections.copyOf(connection.id(), "two").orElseThrow();
    assertThat(copy.id()).isNotEqualTo(connection.id());
    assertThat(copy.settings().favourite()).isFalse();
    assertThat(copy.settings().trust()).isEqualTo(PIN);
    assertThat(connections.hasClientSecret(copy.id())).isFalse();
  }

  @Nested
  class AFile {
    @Test
    void givesBackWhatWasExportedUnderNewIds() {
      Connection one = named("one", settings(true, PIN, PROXY));
      connections.save(one);
      Connections.Import read =
          connections.imported("\uFEFF" + connections.exported(List.of(one.id())));
      assertThat(read.complaints()).isEmpty();
      Connection back = read.read().getFirst();
      assertThat(back.id()).isNotEqualTo(one.id());
      assertThat(back)
          .usingRecursiveComparison()
          .ignoringFields("id", "settings.favourite")
          .isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "nonsense",
          "[]",
          "{\"guestlistConnections\": -1, \"connections\": []}",
          "{\"guestlistConnections\": 2, \"connections\": []}",
          "{\"guestlistConnections\": 1}"
        })
    void thatIsNoneIsACleanComplaint(String text) {
      Connections.Import read = connections.imported(text);
      assertThat(read.read()).isEmpty();
      assertThat(read.complaints()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"server\": \"https://anna:pw@id.example\"",
          "\"server\": \"ftp://id.example\"",
          "\"server\": \"https://id.example/t/acme\"",
          "\"lifetimeHours\": 9223372036854775807",
          "\"lifetimeHours\": 0",
          "\"requestsAtOnce\": \"many\"",
          "\"discovery\": \"file:///etc/passwd\"",
          "\"proxy\": \"anna:pw@proxy:3128\"",
          "\"pinnedCertificate\": \"short\"",
          "\"kind\": \"secret\""
        })
    void withABadEntryNamesIt(String bad) {
      Connections.Import read =
          connections.imported(
              """
              {"guestlistConnections": 1, "connections": [{"name": "Bad", "rootOrganization": "a",
                "clientId": "c", "server": "https://id.example", %s}]}
              """
                  .formatted(bad));
      assertThat(read.read()).isEmpty();
      assertThat(read.complaints())
          .singleElement()
          .asString()
          .startsWith("Connection 1 (Bad): ")
          .doesNotContain("pw@");
    }
  }

  @Test
  void theKeyOfTheVaultCanBeMovedAndLocked() {
    store.close();
    try (LocalStore fresh = LocalStore.open(folder, InstantSource.system())) {
      VaultKey key = new VaultKey(fresh);
      assertThat(key.place()).as("the file that was there").isEqualTo(KeyPlace.KEY_FILE);
      assertThat(key.choices()).extracting(VaultKey.Choice::place).contains(KeyPlace.PASSPHRASE);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.moveTo(KeyPlace.PASSPHRASE, Optional.empty()));
      key.moveTo(KeyPlace.PASSPHRASE, Optional.of("correct horse".toCharArray()));
      assertThat(key.place()).isEqualTo(KeyPlace.PASSPHRASE);
      key.lock();
      assertThat(key.locked()).isTrue();
      assertThat(key.unlock(Optional.of("wrong".toCharArray()))).isFalse();
      assertThat(key.unlock(Optional.of("correct horse".toCharArray()))).isTrue();
      assertThat(key.locked()).isFalse();
    }
    open();
  }
}

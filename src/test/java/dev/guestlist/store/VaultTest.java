package dev.guestlist.store;

import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  @TempDir Path folder;

  @Test
  void givesBackWhatWasSealedAlsoAfterARestart() {
    try (LocalStore store = Sample.open(folder)) {
      store.vault().seal("token/1", "grüße");
      store.vault().seal("token/2", "");
      store.vault().seal("token/1", "newer");
      assertThat(store.vault().durable()).isTrue();
      assertThat(store.vault().place()).isEqualTo("a key file in the data folder");
    }
    try (LocalStore store = Sample.open(folder)) {
      assertThat(store.vault().open("token/1")).contains("newer");
      assertThat(store.vault().open("token/2")).contains("");
      assertThat(store.vault().open("token/3")).isEmpty();
      store.vault().forget("token/1");
      assertThat(store.vault().open("token/1")).isEmpty();
    }
  }

  @Test
  void aValueUnderAnotherNameDoesNotOpen() throws Exception {
    try (LocalStore store = Sample.open(folder)) {
      store.vault().seal("one", "first");
      store.vault().seal("two", "second");
      try (Database database = Database.open(folder.resolve("guestlist.db"), Schema.MAIN)) {
        database.change(s ->
            s.update(
                """
                UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = 'two')
                WHERE name = 'one'
                """));
      }
      assertThat(store.vault().open("one")).isEmpty();
      assertThat(store.vault().open("two")).contains("second");
    }
  }

  @Test
  void aChangedByteDoesNotOpen() throws Exception {
    try (LocalStore store = Sample.open(folder)) {
      store.vault().seal("one", "first");
      try (Database database = Database.open(folder.resolve("guestlist.db"), Schema.MAIN)) {
        byte[] sealed =
            database
                .read(s -> s.first("SELECT sealed FROM secret", row -> row.bytes(1)))
                .orElseThrow();
        sealed[sealed.length - 1] ^= 1;
        database.change(s -> s.update("UPDATE secret SET sealed = ?", sealed));
      }
      assertThat(store.vault().open("one")).isEmpty();
    }
  }

  @Test
  void anotherKeyOpensNothing() {
    KeyInMemory first = new KeyInMemory();
    try (LocalStore store = LocalStore.open(folder, first, InstantSource.fixed(NOW))) {
      store.vault().seal("one", "first");
      assertThat(store.vault().durable()).isFalse();
    }
    try (LocalStore store = LocalStore.open(folder, new KeyInMemory(), InstantSource.fixed(NOW))) {
      assertThat(store.vault().open("one")).isEmpty();
      store.vault().seal("one", "second");
      assertThat(store.vault().open("one")).contains("second");
    }
    assertThat(folder.resolve("vault.key")).doesNotExist();
  }

  @Nested
  class TheKeyFile {
    @Test
    void isMadeAtTheFirstSecretForItsOwnerOnly() throws Exception {
      try (LocalStore store = Sample.open(folder)) {
        assertThat(store.vault().open("one")).isEmpty();
        assertThat(folder.resolve("vault.key")).doesNotExist();
        store.vault().seal("one", "first");
      }
      assertThat(folder.resolve("vault.key")).hasSize(32);
      assertThat(Files.getPosixFilePermissions(folder.resolve("vault.key")))
          .extracting(Enum::name)
          .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
      try (var files = Files.newDirectoryStream(folder, "vault.key*")) {
        assertThat(files).hasSize(1);
      }
    }

    @Test
    void thatIsGoneIsNotReplacedWhileValuesNeedIt() throws Exception {
      try (LocalStore store = Sample.open(folder)) {
        store.vault().seal("one", "first");
      }
      Path key = folder.resolve("vault.key");
      byte[] bytes = Files.readAllBytes(key);
      Files.delete(key);
      try (LocalStore store = Sample.open(folder)) {
        assertThatThrownBy(() -> store.vault().open("one"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("1 sealed value")
            .hasMessageContaining("a key file in the data folder");
        assertThatThrownBy(() -> store.runs().post(Sample.accept(NOW, CODE)))
            .isInstanceOf(StoreException.class);
        assertThat(store.runs().runs(Sample.ACME)).isEmpty();
        assertThat(key).doesNotExist();

        Files.write(key, bytes);
        assertThat(store.vault().open("one")).contains("first");
      }
    }

    @Test
    void thatIsLostForGoodGivesWayOnceEverythingIsForgotten() throws Exception {
      try (LocalStore store = Sample.open(folder)) {
        store.vault().seal("one", "first");
        store.vault().seal("two", "second");
      }
      Files.delete(folder.resolve("vault.key"));
      try (LocalStore store = Sample.open(folder)) {
        assertThat(store.vault().forgetAll()).isEqualTo(2);
        store.vault().seal("three", "third");
        assertThat(store.vault().open("three")).contains("third");
        assertThat(store.vault().open("one")).isEmpty();
      }
    }

    @Test
    void thatWasCutIsSaidSo() throws Exception {
      Files.write(folder.resolve("vault.key"), new byte[5]);
      try (LocalStore store = Sample.open(folder)) {
        assertThatThrownBy(() -> store.vault().seal("one", "first"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("5 bytes instead of 32");
      }
      assertThat(folder.resolve("vault.key")).hasSize(5);
    }

    @Test
    void ofTwoProgramsIsTheSame() {
      try (LocalStore one = Sample.open(folder);
          LocalStore two = Sample.open(folder)) {
        one.vault().seal("one", "first");
        two.vault().seal("two", "second");
        assertThat(one.vault().open("two")).contains("second");
        assertThat(two.vault().open("one")).contains("first");
      }
    }
  }

  /// Codes go through posting, a kept answer, settling, wiping, a daily copy and a restart; no file
  /// of the folder ever shows one.
  @Test
  void noFileEverShowsASecret() throws Exception {
    ConfirmationCode handedOut = ConfirmationCode.asGiven("71e0c2d4-96ab-4c3e-8f15-0b2d9a6e7c48");
    List<String> secrets = List.of(CODE.reveal(), handedOut.reveal(), "refresh-token-of-kim");
    try (LocalStore store = Sample.open(folder)) {
      Run accept = store.runs().post(Sample.accept(NOW, CODE));
      Run invite = store.runs().post(Sample.invite(Run.Phase.ACTIVE, NOW, "ann"));
      long row = store.runs().rows(invite.number()).getFirst().id();
      long call = store.calls().sending(List.of(row), Optional.of(Set.of()), NOW);
      store.calls().keepAnswer(call, "[{\"confirmationCode\":\"" + handedOut.reveal() + "\"}]");
      store.calls().settle(List.of(RowChange.to(row, RowState.INVITED).withCode(handedOut)), NOW);
      store.vault().seal("token", "refresh-token-of-kim");
      assertNotShown(secrets);
      store.copyOncePerDay(NOW);
      store.runs().wipeCode(store.runs().rows(accept.number()).getFirst().id());
      assertThat(store.runs().code(row)).contains(handedOut);
      assertNotShown(secrets);
    }
    assertNotShown(secrets);
  }

  private void assertNotShown(List<String> secrets) throws IOException {
    int searched = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(folder.resolve("native"))) {
          continue;
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          forms(secret)
              .forEach((form, text) ->
                  assertThat(content.contains(text))
                      .as("%s shows a secret in the form %s", file, form)
                      .isFalse());
        }
        searched++;
      }
    }
    assertThat(searched).isGreaterThan(2);
  }

  private static Map<String, String> forms(String secret) {
    Map<String, String> forms = new LinkedHashMap<>();
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.put("plain", secret);
    forms.put("reversed", new StringBuilder(secret).reverse().toString());
    forms.put("hex", HexFormat.of().formatHex(bytes));
    forms.put("without dashes", secret.replace("-", ""));
    forms.put("URL", URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("-", "%2D"));
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      forms.put(wide.name(), new String(secret.getBytes(wide), StandardCharsets.ISO_8859_1));
    }
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = ("x".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8);
      String base64 = Base64.getEncoder().encodeToString(shifted);
      forms.put("base64 at " + shift, base64.substring(4, base64.length() - 4));
    }
    return forms;
  }
}

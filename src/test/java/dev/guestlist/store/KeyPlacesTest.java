package dev.guestlist.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.model.KeyPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Where the vault's key lies, and that no way of moving it loses what is sealed.
@Execution(ExecutionMode.CONCURRENT)
class KeyPlacesTest {
  private static final Optional<char[]> NOBODY = Optional.empty();

  @TempDir private Path folder;

  private final Entries keychain = new Entries();

  /// A keychain that can be switched off, and can fail once at a chosen call.
  private static final class Entries implements Keychain {
    private final Map<String, byte[]> kept = new HashMap<>();
    private boolean away;
    private String failsAt = "";

    private void asked(String call) {
      if (away) {
        throw new StoreException("The keychain is away.");
      }
      if (failsAt.equals(call)) {
        failsAt = "";
        throw new StoreException("The keychain failed at " + call + ".");
      }
    }

    @Override
    public String name() {
      return "the keychain of this test";
    }

    @Override
    public Optional<byte[]> find(String id) {
      asked("find");
      return Optional.ofNullable(kept.get(id)).map(byte[]::clone);
    }

    @Override
    public void keep(String id, byte[] key) {
      asked("keep");
      kept.put(id, key.clone());
    }

    @Override
    public void forget(String id) {
      asked("forget");
      kept.remove(id);
    }
  }

  private LocalStore open() {
    return LocalStore.open(
        folder, main -> KeyPlaces.recorded(main, folder, keychain), () -> Sample.NOW);
  }

  private boolean keyFileThere() {
    return Files.exists(folder.resolve("vault.key"));
  }

  private static Optional<char[]> passphrase(String text) {
    return Optional.of(text.toCharArray());
  }

  @Nested
  class TheFirstKey {
    @Test
    void goesIntoTheKeychainWhereThereIsOne() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEYCHAIN);
        assertThat(store.vault().place()).isEqualTo("the keychain of this test");
      }
      assertThat(keychain.kept).hasSize(1);
      assertThat(keyFileThere()).isFalse();
      try (LocalStore store = open()) {
        assertThat(store.vault().open("a")).contains("one");
      }
    }

    @Test
    void goesIntoAFileWhereThereIsNone() {
      keychain.away = true;
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEY_FILE);
        assertThat(store.vault().whyNot(KeyPlace.KEYCHAIN)).contains("away");
      }
      assertThat(keyFileThere()).isTrue();
    }

    @Test
    void staysInTheFileThatAnEarlierGuestlistMade() {
      try (LocalStore store = LocalStore.open(folder, KeyFile.in(folder), () -> Sample.NOW)) {
        store.vault().seal("a", "one");
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEY_FILE);
        assertThat(store.vault().open("a")).contains("one");
      }
    }
  }

  @Test
  void aKeychainThatIsGoneLaterIsAnErrorAndNotAReasonForAnotherPlace() {
    try (LocalStore store = open()) {
      store.vault().seal("a", "one");
    }
    keychain.away = true;
    try (LocalStore store = open()) {
      assertThatThrownBy(() -> store.vault().open("a")).hasMessageContaining("away");
      assertThatThrownBy(() -> store.vault().seal("b", "two")).hasMessageContaining("away");
    }
    assertThat(keyFileThere()).isFalse();
    keychain.away = false;
    try (LocalStore store = open()) {
      assertThat(store.vault().open("a")).contains("one");
      assertThat(store.vault().open("b")).isEmpty();
    }
  }

  @Nested
  class Moving {
    @Test
    void takesEverythingAlongAndLeavesNoOldKey() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        store.vault().seal("b", "two");
        store.vault().moveTo(KeyPlace.KEY_FILE, NOBODY);
        assertThat(store.vault().open("a")).contains("one");
        assertThat(keychain.kept).isEmpty();
        store.vault().moveTo(KeyPlace.PASSPHRASE, passphrase("correct horse"));
        assertThat(keyFileThere()).isFalse();
        assertThat(store.vault().open("b")).contains("two");
        store.vault().moveTo(KeyPlace.KEYCHAIN, NOBODY);
        assertThat(store.vault().open("a")).contains("one");
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEYCHAIN);
        assertThat(store.vault().open("b")).contains("two");
      }
      assertThat(keychain.kept).hasSize(1);
    }

    @Test
    void intoAKeychainThatRefusesChangesNothing() {
      keychain.away = true;
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        assertThatThrownBy(() -> store.vault().moveTo(KeyPlace.KEYCHAIN, NOBODY))
            .isInstanceOf(StoreException.class);
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEY_FILE);
        assertThat(store.vault().open("a")).contains("one");
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().open("a")).contains("one");
      }
    }

    @Test
    void thatDiesBeforeItCountsLeavesNoNewKeyBehind() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        store.vault().moveTo(KeyPlace.KEY_FILE, NOBODY);
        keychain.failsAt = "find";
        // the new key is kept already when reading it back fails: as if the program had died there
        assertThatThrownBy(() -> store.vault().moveTo(KeyPlace.KEYCHAIN, NOBODY))
            .hasMessageContaining("failed");
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().kind()).isEqualTo(KeyPlace.KEY_FILE);
        assertThat(store.vault().open("a")).contains("one");
      }
      assertThat(keychain.kept).as("tidied at the next start").isEmpty();
    }

    @Test
    void whoseOldKeyCannotBeRemovedTriesAgainAtTheNextStart() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        keychain.failsAt = "forget";
        store.vault().moveTo(KeyPlace.KEY_FILE, NOBODY);
        assertThat(keychain.kept).hasSize(1);
        assertThat(store.vault().open("a")).contains("one");
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().open("a")).contains("one");
      }
      assertThat(keychain.kept).isEmpty();
    }

    @Test
    void isNoticedByAnotherWindowOnTheSameData() {
      try (LocalStore one = open();
          LocalStore other = open()) {
        one.vault().seal("a", "one");
        assertThat(other.vault().open("a")).contains("one");
        one.vault().moveTo(KeyPlace.KEY_FILE, NOBODY);
        other.vault().seal("b", "two");
        assertThat(other.vault().open("a")).contains("one");
        assertThat(one.vault().open("b")).contains("two");
      }
    }

    @Test
    void intoMemoryIsRefusedWhileSomethingWouldBeLost() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        assertThatThrownBy(() -> store.vault().moveTo(KeyPlace.UNTIL_CLOSED, NOBODY))
            .hasMessageContaining("1 sealed value")
            .hasMessageContaining("Nothing was changed");
        store.vault().forget("a");
        store.vault().moveTo(KeyPlace.UNTIL_CLOSED, NOBODY);
        assertThat(store.vault().durable()).isFalse();
      }
    }
  }

  @Nested
  class APassphrase {
    @Test
    void isNeededAfterEveryStartAndAWrongOneOpensNothing() {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        store.vault().moveTo(KeyPlace.PASSPHRASE, passphrase("correct horse"));
      }
      try (LocalStore store = open()) {
        assertThat(store.vault().locked()).isTrue();
        assertThatThrownBy(() -> store.vault().open("a")).isInstanceOf(LockedException.class);
        assertThat(store.vault().unlock(passphrase("wrong"))).isFalse();
        assertThat(store.vault().unlock(NOBODY)).isFalse();
        assertThat(store.vault().locked()).isTrue();
        assertThat(store.vault().unlock(passphrase("correct horse"))).isTrue();
        assertThat(store.vault().locked()).isFalse();
        assertThat(store.vault().open("a")).contains("one");
      }
    }

    @Test
    void liesNowhereInTheDataFolder() throws IOException {
      try (LocalStore store = open()) {
        store.vault().seal("a", "one");
        store.vault().moveTo(KeyPlace.PASSPHRASE, passphrase("correct horse battery"));
        try (var files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(bytes).as(file.toString()).doesNotContain("correct horse");
          }
        }
      }
      assertThat(keyFileThere()).isFalse();
      assertThat(keychain.kept).isEmpty();
    }
  }

  @Test
  void lockingHidesAndUnlockingShows() {
    try (LocalStore store = open()) {
      store.vault().seal("a", "one");
      store.vault().lock();
      assertThat(store.vault().locked()).isTrue();
      assertThat(store.vault().unlock(NOBODY)).isTrue();
      assertThat(store.vault().locked()).isFalse();
    }
  }
}

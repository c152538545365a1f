package dev.guestlist.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The keychain of the machine that runs the tests, real where it has one. Without one it must say
/// so in words, and soon; nothing may crash or hang.
class SystemKeychainTest {
  private static final byte[] KEY = {1, -2, 3, 0, 127, -128};

  @Test
  @Timeout(30)
  void keepsFindsAndForgetsOrSaysWhyNot() {
    Keychain keychain = SystemKeychain.here();
    String id = "test-" + UUID.randomUUID();
    assertThat(keychain.name()).isNotBlank();
    long start = System.nanoTime();
    try {
      keychain.keep(id, KEY);
    } catch (StoreException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThatThrownBy(() -> keychain.find(id)).isInstanceOf(StoreException.class);
      return;
    }
    assertThat(keychain.find(id)).hasValueSatisfying(key -> assertThat(key).isEqualTo(KEY));
    keychain.forget(id);
    assertThat(keychain.find(id)).isEmpty();
    keychain.forget(id);
  }
}

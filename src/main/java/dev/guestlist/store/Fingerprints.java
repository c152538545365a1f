package dev.guestlist.store;

import dev.guestlist.model.ConfirmationCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells whether a code is the same as one that was wiped long ago: by HMAC-SHA-256 under a key
/// that lies in the vault. Without that key nobody can try codes against a fingerprint.
///
/// A fingerprint is mere evidence. Where the key cannot be kept or had, there is none, and nothing
/// fails because of that.
final class Fingerprints {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Database database;
  private final Vault vault;
  private final SecureRandom random = new SecureRandom();

  /// With these, many codes of one time are told for the price of one.
  interface Teller {
    String of(ConfirmationCode code);
  }

  Fingerprints(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /// For writing codes down: makes the key where there is none yet. Empty when the key would be
  /// gone once the program closes, or the vault is locked. Not to be called within a transaction.
  Optional<Teller> forKeeping() {
    return usable() ? key(true).map(Fingerprints::teller) : Optional.empty();
  }

  /// For looking codes up; empty also when none was ever written down.
  Optional<Teller> forFinding() {
    return usable() ? key(false).map(Fingerprints::teller) : Optional.empty();
  }

  private boolean usable() {
    return vault.durable() && !vault.locked();
  }

  private Optional<String> key(boolean make) {
    try {
      Optional<byte[]> there = database.read(s -> vault.sealed(s, Vault.FINGERPRINT_KEY));
      Optional<String> key = vault.open(Vault.FINGERPRINT_KEY);
      if (key.isPresent() || !make) {
        return key;
      }
      make(there);
      return vault.open(Vault.FINGERPRINT_KEY);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /// Of two programs that make one at once, the first one's counts. One that cannot be opened any
  /// more tells nothing and is replaced.
  private void make(Optional<byte[]> useless) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String fresh = HexFormat.of().formatHex(bytes);
    boolean ignored =
        vault.sealing(() ->
            database.write(s -> {
              Optional<byte[]> there = vault.sealed(s, Vault.FINGERPRINT_KEY);
              boolean asBefore =
                  there.isEmpty()
                      || useless.filter(it -> Arrays.equals(it, there.get())).isPresent();
              if (asBefore) {
                vault.seal(s, Vault.FINGERPRINT_KEY, fresh);
              }
              return asBefore;
            }));
  }

  private static Teller teller(String key) {
    SecretKeySpec spec = new SecretKeySpec(HexFormat.of().parseHex(key), ALGORITHM);
    return code -> {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(spec);
        byte[] told = mac.doFinal(code.reveal().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(told);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("HMAC-SHA-256 is missing in this Java.", e);
      }
    };
  }
}

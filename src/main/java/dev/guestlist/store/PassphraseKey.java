package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// A key that is worked out from a passphrase (PBKDF2 with HMAC-SHA-512) and kept nowhere. What it
/// takes besides the passphrase lies in the database; it is no secret.
final class PassphraseKey implements KeyStorage {
  /// What OWASP's password storage advice asks for with SHA-512 is a third of this.
  static final int ROUNDS = 600_000;

  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;

  /// What lies in the database. Never compared.
  ///
  /// @param proof a check value: only the right key gives it
  @SuppressWarnings("ArrayRecordComponent")
  record Recipe(byte[] salt, int rounds, byte[] proof) {}

  private final Recipe recipe;
  private Optional<byte[]> key;

  private PassphraseKey(Recipe recipe, Optional<byte[]> key) {
    this.recipe = recipe;
    this.key = key;
  }

  /// Locked, until [#open] gets the passphrase.
  static PassphraseKey of(Recipe recipe) {
    return new PassphraseKey(recipe, Optional.empty());
  }

  /// A new one.
  static PassphraseKey fresh(char[] passphrase) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] key = derive(passphrase, salt, ROUNDS);
    return new PassphraseKey(new Recipe(salt, ROUNDS, proof(key)), Optional.of(key));
  }

  Recipe recipe() {
    return recipe;
  }

  /// Works the key out.
  ///
  /// @return whether it was the right passphrase
  boolean open(char[] passphrase) {
    byte[] derived = derive(passphrase, recipe.salt(), recipe.rounds());
    if (!MessageDigest.isEqual(proof(derived), recipe.proof())) {
      return false;
    }
    key = Optional.of(derived);
    return true;
  }

  boolean opened() {
    return key.isPresent();
  }

  /// Forgets the key until the passphrase is typed in again.
  void close() {
    key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    key = Optional.empty();
  }

  @Override
  public byte[] key() {
    return key.map(byte[]::clone)
        .orElseThrow(() ->
            new LockedException(
                "The vault is locked: its passphrase is needed to seal or open codes and sign-ins."
                    + " Nothing was changed."));
  }

  @Override
  public KeyPlace kind() {
    return KeyPlace.PASSPHRASE;
  }

  @Override
  public String place() {
    return "your passphrase, kept nowhere";
  }

  private static byte[] derive(char[] passphrase, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, rounds, KEY_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PBKDF2 with HMAC-SHA-512 is missing in this Java.", e);
    } finally {
      spec.clearPassword();
    }
  }

  /// Tells a right key from a wrong one and says nothing about it.
  private static byte[] proof(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal("guestlist vault key".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing in this Java.", e);
    }
  }
}

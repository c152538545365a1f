package dev.guestlist.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Secrets, sealed with AES-256-GCM under the key of a [KeyStorage]; the name of each is bound to
/// it, so that values cannot be swapped. Nothing here is ever logged.
public final class Vault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Database database;
  private final KeyStorage keys;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<SecretKey> unlocked = Optional.empty();

  Vault(Database database, KeyStorage keys) {
    this.database = database;
    this.keys = keys;
  }

  /// Seals and commits.
  ///
  /// @throws StoreException when it cannot be kept; whoever asked must then not go on
  public void seal(String name, String secret) {
    unlock();
    database.change(statements -> seal(statements, name, secret));
  }

  /// The secret; empty when there is none of that name, or the key does not fit any more.
  ///
  /// @throws StoreException when the key cannot be had
  public Optional<String> open(String name) {
    return database.read(statements -> sealed(statements, name)).flatMap(s -> open(name, s));
  }

  public void forget(String name) {
    database.change(statements -> forget(statements, name));
  }

  /// Forgets every sealed value: the way on when their key is lost for good, for only then a new
  /// one may be made.
  ///
  /// @return how many there were
  public int forgetAll() {
    return database.write(statements -> statements.update("DELETE FROM secret"));
  }

  /// Whether what is sealed now can be opened after the program closed.
  public boolean durable() {
    return keys.durable();
  }

  /// Where the key lies, for the person to read.
  public String place() {
    return keys.place();
  }

  /// Gets the key, which may take its time: before a transaction, never inside one.
  ///
  /// @throws StoreException when it cannot be had
  synchronized SecretKey unlock() {
    if (unlocked.isEmpty()) {
      if (!keys.present()) {
        refuseToOrphan();
      }
      unlocked = Optional.of(new SecretKeySpec(keys.key(), "AES"));
    }
    return unlocked.get();
  }

  private void refuseToOrphan() {
    long values = database.read(statements -> statements.number("SELECT count(*) FROM secret"));
    if (values > 0) {
      throw new StoreException(
          "The key of the vault is gone from its place ("
              + keys.place()
              + "). "
              + values
              + (values == 1 ? " sealed value" : " sealed values")
              + " (codes, sign-ins) cannot be opened without it, and no new key was made, because"
              + " it would not open them either. Put the key back; everything else is unharmed.");
    }
  }

  /// Seals inside somebody's transaction, after [#unlock].
  void seal(Statements statements, String name, String secret) throws SQLException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed;
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, name, nonce);
      sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is missing in this Java.", e);
    }
    statements.update(
        """
        INSERT INTO secret (name, sealed) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed
        """,
        name,
        ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
  }

  /// The sealed value as it lies there, for [#open(String, byte\[\])] after the transaction.
  Optional<byte[]> sealed(Statements statements, String name) throws SQLException {
    return statements.first("SELECT sealed FROM secret WHERE name = ?", r -> r.bytes(1), name);
  }

  Optional<String> open(String name, byte[] value) {
    unlock();
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer parts = ByteBuffer.wrap(value).get(nonce);
    byte[] sealed = new byte[parts.remaining()];
    parts.get(sealed);
    try {
      byte[] secret = cipher(Cipher.DECRYPT_MODE, name, nonce).doFinal(sealed);
      return Optional.of(new String(secret, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is missing in this Java.", e);
    }
  }

  void forget(Statements statements, String name) throws SQLException {
    statements.update("DELETE FROM secret WHERE name = ?", name);
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, unlocked.orElseThrow(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}

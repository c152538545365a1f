package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Secrets, sealed with AES-256-GCM under the key of a [KeyStorage]; the name of each is bound to
/// it, so that values cannot be swapped. Nothing here is ever logged.
public final class Vault {
  /// The key that tells codes apart. Losing it costs evidence and nothing else, so it keeps nobody
  /// from choosing another place.
  static final String FINGERPRINT_KEY = "fingerprint/key";

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Database database;
  private final KeyPlaces places;
  private final Supplier<FolderLock.Turn> turns;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<Opened> opened = Optional.empty();
  private volatile boolean locked;
  private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

  /// The key while it is known, and the move after which it counts.
  private record Opened(long generation, SecretKey key) {}

  /// Another window moved the key between unlocking and sealing; doing it again helps.
  private static final class Moved extends StoreException {
    private static final long serialVersionUID = 1L;

    Moved() {
      super(
          "The vault's key was moved to another place just now. Nothing was changed; do it again.");
    }
  }

  /// @param turns taken while a key is made or moved, so that two programs never do it at once
  Vault(Database database, KeyPlaces places, Supplier<FolderLock.Turn> turns) {
    this.database = database;
    this.places = places;
    this.turns = turns;
  }

  /// Seals and commits.
  ///
  /// @throws StoreException when it cannot be kept; whoever asked must then not go on
  public void seal(String name, String secret) {
    boolean ignored =
        sealing(() ->
            database.write(statements -> {
              seal(statements, name, secret);
              return true;
            }));
  }

  /// Runs a transaction that seals something, with the key that counts; once more when the key was
  /// moved in between.
  ///
  /// @throws StoreException when the key cannot be had, or nothing can be written
  <T> T sealing(Supplier<T> transaction) {
    unlock();
    try {
      return transaction.get();
    } catch (Moved e) {
      unlock();
      return transaction.get();
    }
  }

  /// The secret; empty when there is none of that name, or the key does not fit any more.
  ///
  /// @throws StoreException when the key cannot be had
  public Optional<String> open(String name) {
    Optional<byte[]> value = database.read(statements -> sealed(statements, name));
    Optional<String> secret = value.flatMap(sealed -> open(name, sealed));
    // sealed anew between reading the value and getting the key
    return secret.isPresent() || value.isEmpty()
        ? secret
        : database.read(statements -> sealed(statements, name)).flatMap(s -> open(name, s));
  }

  /// Whether there is something of that name, without opening it.
  public boolean holds(String name) {
    return database.read(statements -> sealed(statements, name)).isPresent();
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
    return places.known().storage().durable();
  }

  /// Where the key lies, for the person to read.
  public String place() {
    return places.known().storage().place();
  }

  /// What kind of place that is.
  public KeyPlace kind() {
    return places.known().storage().kind();
  }

  /// Whether nothing may be shown: locked by the person or by time, or a passphrase is missing.
  /// What runs need in the background they still get, as far as the key is known.
  public boolean locked() {
    return locked || needsPassphrase();
  }

  /// Whether something can be sealed and opened now; tries to get the key, which may take its time.
  public boolean ready() {
    try {
      SecretKey ignored = unlock();
      return true;
    } catch (LockedException e) {
      return false;
    }
  }

  /// Whether a passphrase has to be typed in before anything can be sealed. Touches no disk.
  public boolean needsPassphrase() {
    return places.known().storage() instanceof PassphraseKey key && !key.opened();
  }

  /// Has somebody told when the person has opened the vault, until [#forgetWaiting].
  public void whenOpened(Runnable told) {
    waiting.add(told);
  }

  public void forgetWaiting(Runnable told) {
    waiting.remove(told);
  }

  /// Hides what is sealed until [#unlock(Optional)].
  public void lock() {
    locked = true;
  }

  /// Shows it again. A passphrase must be right; other places open with the person's sign-in to
  /// this computer.
  ///
  /// @return false for a wrong or missing passphrase; nothing was changed then
  public boolean unlock(Optional<char[]> passphrase) {
    if (!opens(passphrase)) {
      return false;
    }
    waiting.forEach(Runnable::run);
    return true;
  }

  private synchronized boolean opens(Optional<char[]> passphrase) {
    if (places.current().storage() instanceof PassphraseKey key
        && !passphrase.map(key::open).orElse(false)) {
      return false;
    }
    locked = false;
    return true;
  }

  /// Which places could hold the key, and why not; empty text for those that can.
  ///
  /// @throws StoreException never: what the keychain says is in the text
  public String whyNot(KeyPlace kind) {
    if (kind != KeyPlace.KEYCHAIN) {
      return "";
    }
    try {
      Optional<byte[]> ignored = places.keychain().find("guestlist-probe");
      return "";
    } catch (StoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Moves the key: a new one is made in the new place, everything is sealed anew in one
  /// transaction, and only then the old one is removed. A program that dies on the way leaves one
  /// of the two that opens everything.
  ///
  /// @param passphrase for [KeyPlace#PASSPHRASE]
  /// @throws StoreException when that is not possible; the old place counts on
  public synchronized void moveTo(KeyPlace to, Optional<char[]> passphrase) {
    if (!places.movable()) {
      throw new StoreException("The place of this vault's key cannot be changed.");
    }
    SecretKey old = unlock();
    long generation = opened.orElseThrow().generation();
    if (to == kind() && to != KeyPlace.PASSPHRASE) {
      return;
    }
    try (FolderLock.Turn ignored = turns.get()) {
      if (places.current().generation() != generation) {
        throw new Moved();
      }
      if (to == KeyPlace.UNTIL_CLOSED) {
        refuseToLose();
      }
      KeyPlaces.Prepared next = places.prepare(to, passphrase);
      SecretKey fresh = new SecretKeySpec(next.storage().key(), "AES");
      KeyPlaces.Held moved =
          database.write(statements -> {
            check(statements, generation);
            if (to == KeyPlace.UNTIL_CLOSED) {
              forget(statements, FINGERPRINT_KEY);
            }
            for (String name : statements.query("SELECT name FROM secret", row -> row.text(1))) {
              Optional<String> secret =
                  sealed(statements, name).flatMap(value -> open(old, name, value));
              if (secret.isPresent()) {
                seal(statements, fresh, name, secret.get());
              }
            }
            return places.switchTo(statements, next, generation + 1);
          });
      opened = Optional.of(new Opened(moved.generation(), fresh));
      places.moved(moved);
    }
  }

  /// What somebody would miss.
  private long values() {
    return database.read(statements ->
        statements.number("SELECT count(*) FROM secret WHERE name <> ?", FINGERPRINT_KEY));
  }

  private void refuseToLose() {
    long values = values();
    if (values > 0) {
      throw new StoreException(
          values
              + (values == 1 ? " sealed value" : " sealed values")
              + " (codes, sign-ins) would be lost when the program closes. Hand the codes over or"
              + " choose another place. Nothing was changed.");
    }
  }

  /// Gets the key, which may take its time: before a transaction, never inside one.
  ///
  /// @throws LockedException when it cannot be had
  synchronized SecretKey unlock() {
    KeyPlaces.Held held = places.current();
    if (opened.filter(known -> known.generation() == held.generation()).isEmpty()) {
      opened = Optional.of(new Opened(held.generation(), keyOf(held.storage())));
    }
    return opened.orElseThrow().key();
  }

  private SecretKey keyOf(KeyStorage storage) {
    try {
      return keyIn(storage);
    } catch (LockedException e) {
      throw e;
    } catch (StoreException e) {
      throw new LockedException(e);
    }
  }

  private SecretKey keyIn(KeyStorage storage) {
    if (storage.present()) {
      return new SecretKeySpec(storage.key(), "AES");
    }
    refuseToOrphan();
    // of two programs that begin at once, the second one finds the key of the first
    try (FolderLock.Turn ignored = turns.get()) {
      return new SecretKeySpec(storage.key(), "AES");
    }
  }

  /// Removes keys that a move left behind when its program died.
  void tidy() {
    places.dropLeftovers();
  }

  /// Another window may have moved the key meanwhile.
  private void check(Statements statements, long generation) throws SQLException {
    if (places.generation(statements, generation) != generation) {
      throw new Moved();
    }
  }

  private void refuseToOrphan() {
    long values = values();
    if (values > 0) {
      throw new StoreException(
          "The key of the vault is gone from its place ("
              + place()
              + "). "
              + values
              + (values == 1 ? " sealed value" : " sealed values")
              + " (codes, sign-ins) cannot be opened without it, and no new key was made, because"
              + " it would not open them either. Put the key back; everything else is unharmed.");
    }
  }

  /// Seals inside somebody's transaction, after [#unlock].
  void seal(Statements statements, String name, String secret) throws SQLException {
    Opened known = opened.orElseThrow();
    check(statements, known.generation());
    seal(statements, known.key(), name, secret);
  }

  private void seal(Statements statements, SecretKey key, String name, String secret)
      throws SQLException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed;
    try {
      Cipher cipher = cipher(key, Cipher.ENCRYPT_MODE, name, nonce);
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
    return open(unlock(), name, value);
  }

  private static Optional<String> open(SecretKey key, String name, byte[] value) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer parts = ByteBuffer.wrap(value).get(nonce);
    byte[] sealed = new byte[parts.remaining()];
    parts.get(sealed);
    try {
      byte[] secret = cipher(key, Cipher.DECRYPT_MODE, name, nonce).doFinal(sealed);
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

  private static Cipher cipher(SecretKey key, int mode, String name, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}

package dev.guestlist.store;

import dev.guestlist.model.KeyPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which place holds the vault's key, as the database says. The first place is chosen when the
/// first secret comes: the system's keychain where there is one, else a key file. Later a place
/// that fails is an error, never a reason to take another one.
final class KeyPlaces {
  private static final Logger log = LoggerFactory.getLogger(KeyPlaces.class);
  private static final String FILE_ID = "vault.key";

  private final Database database;
  private final Path folder;
  private final Optional<KeyStorage> fixed;
  private final Keychain keychain;
  private final KeyInMemory memory = new KeyInMemory();
  private volatile Optional<Held> held = Optional.empty();

  /// A place as the database has it.
  record Place(KeyPlace kind, String id) {}

  /// A storage, and the move after which it counts.
  record Held(long generation, KeyStorage storage) {}

  /// A new key that does not count yet.
  record Prepared(Place place, KeyStorage storage) {}

  private KeyPlaces(Database database, Path folder, Optional<KeyStorage> fixed, Keychain keychain) {
    this.database = database;
    this.folder = folder;
    this.fixed = fixed;
    this.keychain = keychain;
  }

  /// Always this storage.
  static KeyPlaces fixed(Database database, Path folder, KeyStorage storage) {
    return new KeyPlaces(database, folder, Optional.of(storage), SystemKeychain.here());
  }

  /// The place that the database names.
  static KeyPlaces recorded(Database database, Path folder, Keychain keychain) {
    return new KeyPlaces(database, folder, Optional.empty(), keychain);
  }

  /// Whether the key can be moved at all.
  boolean movable() {
    return fixed.isEmpty();
  }

  Keychain keychain() {
    return keychain;
  }

  /// What counts now; decides and writes down where the first key goes.
  synchronized Held current() {
    if (fixed.isPresent()) {
      return new Held(0, fixed.get());
    }
    long recorded = database.read(KeyPlaces::generation);
    if (recorded == 0) {
      Place first = first();
      database.change(s ->
          s.update(
              "INSERT OR IGNORE INTO vault_key (id, generation, place, key_id) VALUES (1, 1, ?, ?)",
              first.kind(),
              first.id()));
      recorded = 1;
    }
    if (held.isEmpty() || held.get().generation() != recorded) {
      held = Optional.of(new Held(recorded, storage()));
    }
    return held.get();
  }

  /// What counted when it was looked up last: for the screen, which must not wait for the disk.
  Held known() {
    return fixed.map(storage -> new Held(0, storage)).or(() -> held).orElseGet(this::current);
  }

  /// 0 while nothing was decided, and with a fixed storage.
  long generation(Statements s, long otherwise) throws SQLException {
    return fixed.isPresent() ? otherwise : generation(s);
  }

  private static long generation(Statements s) throws SQLException {
    return s.first("SELECT generation FROM vault_key", row -> row.number(1)).orElse(0L);
  }

  private Place first() {
    boolean fileThere = Files.exists(folder.resolve(FILE_ID));
    if (!fileThere && usable()) {
      return new Place(KeyPlace.KEYCHAIN, UUID.randomUUID().toString());
    }
    return new Place(KeyPlace.KEY_FILE, FILE_ID);
  }

  /// Whether the keychain keeps, finds and forgets something.
  private boolean usable() {
    String probe = "probe-" + UUID.randomUUID();
    try {
      keychain.keep(probe, new byte[] {1, 2, 3});
      boolean kept = keychain.find(probe).isPresent();
      keychain.forget(probe);
      return kept;
    } catch (StoreException e) {
      log.info("No system keychain: {}", e.getMessage());
      return false;
    }
  }

  private KeyStorage storage() {
    Place place = place("place", "key_id").orElseThrow();
    if (place.kind() == KeyPlace.PASSPHRASE) {
      return PassphraseKey.of(
          database.read(s ->
              s.first(
                      "SELECT salt, rounds, proof FROM vault_key",
                      row ->
                          new PassphraseKey.Recipe(
                              row.bytes(1), Math.toIntExact(row.number(2)), row.bytes(3)))
                  .orElseThrow()));
    }
    return storage(place);
  }

  private KeyStorage storage(Place place) {
    return switch (place.kind()) {
      case KEYCHAIN -> new KeyInKeychain(keychain, place.id());
      case KEY_FILE -> KeyFile.in(folder);
      case UNTIL_CLOSED -> memory;
      case PASSPHRASE -> throw new IllegalStateException("A passphrase needs its recipe.");
    };
  }

  private Optional<Place> place(String kindColumn, String idColumn) {
    String sql = "SELECT " + kindColumn + ", " + idColumn + " FROM vault_key";
    return database.read(s ->
        s.first(
                sql,
                row -> {
                  Optional<String> kind = row.optionalText(1);
                  String id = row.optionalText(2).orElse("");
                  return kind.map(name -> new Place(KeyPlace.valueOf(name), id));
                })
            .flatMap(found -> found));
  }

  /// A new key in another place. It is written down before it is made, so that a program that dies
  /// now does not leave it behind.
  ///
  /// @throws StoreException when it cannot be kept there; the old place counts on
  Prepared prepare(KeyPlace kind, Optional<char[]> passphrase) {
    Place next =
        new Place(kind, kind == KeyPlace.KEYCHAIN ? UUID.randomUUID().toString() : FILE_ID);
    if (kind == KeyPlace.PASSPHRASE) {
      return new Prepared(next, PassphraseKey.fresh(passphrase.orElseThrow()));
    }
    database.change(s ->
        s.update("UPDATE vault_key SET next_place = ?, next_key_id = ?", next.kind(), next.id()));
    KeyStorage storage = storage(next);
    if (kind == KeyPlace.KEY_FILE) {
      // a file of a former move: whatever it opened was sealed anew since
      storage.forget();
    }
    byte[] made = storage.key();
    java.util.Arrays.fill(made, (byte) 0);
    return new Prepared(next, storage);
  }

  /// Makes the prepared place the one that counts, inside the transaction that seals everything
  /// anew.
  Held switchTo(Statements s, Prepared next, long generation) throws SQLException {
    Optional<PassphraseKey.Recipe> recipe =
        next.storage() instanceof PassphraseKey passphrase
            ? Optional.of(passphrase.recipe())
            : Optional.empty();
    s.update(
        """
        UPDATE vault_key SET generation = ?, last_place = place, last_key_id = key_id,
          place = ?, key_id = ?, next_place = NULL, next_key_id = NULL,
          salt = ?, rounds = ?, proof = ?
        """,
        generation,
        next.place().kind(),
        next.place().id(),
        recipe.map(PassphraseKey.Recipe::salt),
        recipe.map(PassphraseKey.Recipe::rounds),
        recipe.map(PassphraseKey.Recipe::proof));
    return new Held(generation, next.storage());
  }

  /// After the transaction: the moved key is the one to use.
  synchronized void moved(Held to) {
    held = Optional.of(to);
    dropLeftovers();
  }

  /// Removes keys that a move left behind: the old one, or a new one that never came to count. What
  /// cannot be removed now is tried again at the next start.
  void dropLeftovers() {
    if (fixed.isPresent()) {
      return;
    }
    Optional<Place> current = place("place", "key_id");
    drop(current, place("last_place", "last_key_id"), "last_place", "last_key_id");
    drop(current, place("next_place", "next_key_id"), "next_place", "next_key_id");
  }

  private void drop(
      Optional<Place> current, Optional<Place> leftover, String kindColumn, String idColumn) {
    if (leftover.isEmpty()) {
      return;
    }
    Place gone = leftover.get();
    try {
      boolean used = current.filter(gone::equals).isPresent();
      if (!used && gone.kind() != KeyPlace.PASSPHRASE) {
        storage(gone).forget();
      }
      database.change(
          s -> s.update("UPDATE vault_key SET " + kindColumn + " = NULL, " + idColumn + " = NULL"));
    } catch (StoreException e) {
      log.warn("A key that is not needed any more could not be removed: {}", e.getMessage());
    }
  }
}

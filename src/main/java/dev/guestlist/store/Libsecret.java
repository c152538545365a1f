package dev.guestlist.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.Optional;

/// The Secret Service of Linux desktops (GNOME Keyring, KWallet, KeePassXC) through libsecret. Only
/// functions without variable arguments are called. The key is kept as hexadecimal text.
@SuppressWarnings("restricted")
final class Libsecret implements Keychain {
  /// `SecretSchema`: name, flags, 32 pairs of attribute name and type, and a reserve.
  private static final long SCHEMA_BYTES = 16 + 32 * 16 + 64;

  private static final long FIRST_ATTRIBUTE = 16;

  /// The text of a `GError` lies behind its domain and code.
  private static final long ERROR_TEXT = 8;

  private static final long LONGEST_TEXT = 4096;

  private final MethodHandle store;
  private final MethodHandle lookup;
  private final MethodHandle clear;
  private final MethodHandle free;
  private final MethodHandle newTable;
  private final MethodHandle insert;
  private final MethodHandle unref;
  private final MethodHandle freeError;
  private final MemorySegment hash;
  private final MemorySegment equal;

  private Libsecret(SymbolLookup secret, SymbolLookup glib) {
    FunctionDescriptor asking = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    store =
        handle(
            secret,
            "secret_password_storev_sync",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    lookup = handle(secret, "secret_password_lookupv_sync", asking);
    clear =
        handle(
            secret,
            "secret_password_clearv_sync",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    free = handle(secret, "secret_password_free", FunctionDescriptor.ofVoid(ADDRESS));
    newTable = handle(glib, "g_hash_table_new", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    insert =
        handle(
            glib,
            "g_hash_table_insert",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    unref = handle(glib, "g_hash_table_unref", FunctionDescriptor.ofVoid(ADDRESS));
    freeError = handle(glib, "g_error_free", FunctionDescriptor.ofVoid(ADDRESS));
    hash = glib.find("g_str_hash").orElseThrow();
    equal = glib.find("g_str_equal").orElseThrow();
  }

  /// @throws StoreException when the library is not installed
  static Libsecret load() {
    try {
      return new Libsecret(
          SymbolLookup.libraryLookup("libsecret-1.so.0", Arena.global()),
          SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "libsecret is not installed on this system (libsecret-1.so.0 was not found).", e);
    }
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), descriptor);
  }

  @Override
  public String name() {
    return "the system keychain";
  }

  @Override
  public Optional<byte[]> find(String id) {
    return call(
        id,
        question -> {
          MemorySegment found =
              (MemorySegment)
                  lookup.invokeExact(
                      question.schema(),
                      question.attributes(),
                      MemorySegment.NULL,
                      question.error());
          question.check();
          if (found.equals(MemorySegment.NULL)) {
            return Optional.empty();
          }
          try {
            return Optional.of(HexFormat.of().parseHex(text(found)));
          } finally {
            free.invokeExact(found);
          }
        });
  }

  @Override
  public void keep(String id, byte[] key) {
    boolean ignored =
        call(
            id,
            question -> {
              Arena arena = question.arena();
              MemorySegment secret = arena.allocateFrom(HexFormat.of().formatHex(key));
              int kept =
                  (int)
                      store.invokeExact(
                          question.schema(),
                          question.attributes(),
                          arena.allocateFrom("default"),
                          arena.allocateFrom("Guestlist: key of its sealed codes and sign-ins"),
                          secret,
                          MemorySegment.NULL,
                          question.error());
              secret.fill((byte) 0);
              question.check();
              if (kept == 0) {
                throw new StoreException("The system keychain did not keep the key.");
              }
              return true;
            });
  }

  @Override
  public void forget(String id) {
    boolean ignored =
        call(
            id,
            question -> {
              int gone =
                  (int)
                      clear.invokeExact(
                          question.schema(),
                          question.attributes(),
                          MemorySegment.NULL,
                          question.error());
              question.check();
              return gone != 0;
            });
  }

  private interface Asking<T> {
    T with(Question question) throws Throwable;
  }

  /// What every call hands over; the error is empty at each of them.
  private record Question(
      Arena arena,
      MemorySegment schema,
      MemorySegment attributes,
      MemorySegment error,
      MethodHandle freeError) {
    void check() throws Throwable {
      MemorySegment problem = error.get(ADDRESS, 0);
      if (!problem.equals(MemorySegment.NULL)) {
        MemorySegment whole = problem.reinterpret(ERROR_TEXT + ADDRESS.byteSize());
        String words = text(whole.get(ADDRESS, ERROR_TEXT));
        freeError.invokeExact(problem);
        throw new StoreException("The system keychain says: " + words);
      }
    }
  }

  private <T> T call(String id, Asking<T> asking) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment schema = arena.allocate(SCHEMA_BYTES, 8);
      schema.set(ADDRESS, 0, arena.allocateFrom("dev.guestlist.Vault"));
      schema.set(ADDRESS, FIRST_ATTRIBUTE, arena.allocateFrom("id"));
      MemorySegment attributes = (MemorySegment) newTable.invokeExact(hash, equal);
      try {
        int ignored =
            (int) insert.invokeExact(attributes, arena.allocateFrom("id"), arena.allocateFrom(id));
        MemorySegment error = arena.allocate(ADDRESS);
        return asking.with(new Question(arena, schema, attributes, error, freeError));
      } finally {
        unref.invokeExact(attributes);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new StoreException("The system keychain cannot be used: " + e.getMessage(), e);
    }
  }

  private static String text(MemorySegment address) {
    return address.reinterpret(LONGEST_TEXT).getString(0);
  }
}

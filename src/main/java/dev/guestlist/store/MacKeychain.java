package dev.guestlist.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The login keychain of macOS: generic passwords of the service "Guestlist".
@SuppressWarnings("restricted")
final class MacKeychain implements Keychain {
  private static final String LIBRARY = "/System/Library/Frameworks/Security.framework/Security";
  private static final byte[] SERVICE = "Guestlist".getBytes(StandardCharsets.UTF_8);

  /// `errSecItemNotFound`.
  private static final int NOT_FOUND = -25300;

  private final MethodHandle add;
  private final MethodHandle find;
  private final MethodHandle delete;
  private final MethodHandle free;

  private MacKeychain(SymbolLookup security) {
    add =
        handle(
            security,
            "SecKeychainAddGenericPassword",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS,
                ADDRESS));
    find =
        handle(
            security,
            "SecKeychainFindGenericPassword",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS,
                ADDRESS));
    delete = handle(security, "SecKeychainItemDelete", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    free =
        handle(
            security,
            "SecKeychainItemFreeContent",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  }

  static MacKeychain load() {
    return new MacKeychain(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), descriptor);
  }

  @Override
  public String name() {
    return "the macOS keychain";
  }

  @Override
  public Optional<byte[]> find(String id) {
    return look(id).map(Item::key);
  }

  @Override
  public void keep(String id, byte[] key) {
    forget(id);
    try (Arena arena = Arena.ofConfined()) {
      byte[] account = id.getBytes(StandardCharsets.UTF_8);
      MemorySegment secret = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
      int status =
          (int)
              add.invokeExact(
                  MemorySegment.NULL,
                  SERVICE.length,
                  arena.allocateFrom(ValueLayout.JAVA_BYTE, SERVICE),
                  account.length,
                  arena.allocateFrom(ValueLayout.JAVA_BYTE, account),
                  key.length,
                  secret,
                  MemorySegment.NULL);
      secret.fill((byte) 0);
      check(status);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  @Override
  public void forget(String id) {
    Optional<Item> item = look(id);
    if (item.isPresent()) {
      try {
        check((int) delete.invokeExact(item.get().reference()));
      } catch (RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw unusable(e);
      }
    }
  }

  /// Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Item(byte[] key, MemorySegment reference) {}

  private Optional<Item> look(String id) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] account = id.getBytes(StandardCharsets.UTF_8);
      MemorySegment length = arena.allocate(JAVA_INT);
      MemorySegment content = arena.allocate(ADDRESS);
      MemorySegment reference = arena.allocate(ADDRESS);
      int status =
          (int)
              find.invokeExact(
                  MemorySegment.NULL,
                  SERVICE.length,
                  arena.allocateFrom(ValueLayout.JAVA_BYTE, SERVICE),
                  account.length,
                  arena.allocateFrom(ValueLayout.JAVA_BYTE, account),
                  length,
                  content,
                  reference);
      if (status == NOT_FOUND) {
        return Optional.empty();
      }
      check(status);
      MemorySegment bytes = content.get(ADDRESS, 0).reinterpret(length.get(JAVA_INT, 0));
      byte[] key = bytes.toArray(ValueLayout.JAVA_BYTE);
      check((int) free.invokeExact(MemorySegment.NULL, content.get(ADDRESS, 0)));
      return Optional.of(new Item(key, reference.get(ADDRESS, 0)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unusable(e);
    }
  }

  private static void check(int status) {
    if (status != 0) {
      throw new StoreException("The macOS keychain answered with error " + status + ".");
    }
  }

  private static StoreException unusable(Throwable cause) {
    return new StoreException("The macOS keychain cannot be used: " + cause.getMessage(), cause);
  }
}

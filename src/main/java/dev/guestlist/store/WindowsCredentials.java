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

/// The Credential Manager of Windows: generic credentials named "Guestlist/…". Offsets are those of
/// `CREDENTIALW` on 64-bit systems.
@SuppressWarnings("restricted")
final class WindowsCredentials implements Keychain {
  private static final int GENERIC = 1;
  private static final int THIS_COMPUTER = 2;
  private static final int NOT_FOUND = 1168;
  private static final long SIZE = 80;
  private static final long TYPE = 4;
  private static final long TARGET_NAME = 8;
  private static final long BLOB_SIZE = 32;
  private static final long BLOB = 40;
  private static final long PERSIST = 48;
  private static final String LAST_ERROR = "GetLastError";

  private final MethodHandle write;
  private final MethodHandle read;
  private final MethodHandle delete;
  private final MethodHandle free;

  private WindowsCredentials(SymbolLookup advapi) {
    write = handle(advapi, "CredWriteW", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    read =
        handle(
            advapi,
            "CredReadW",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    delete =
        handle(advapi, "CredDeleteW", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    free =
        Linker.nativeLinker()
            .downcallHandle(
                advapi.find("CredFree").orElseThrow(), FunctionDescriptor.ofVoid(ADDRESS));
  }

  static WindowsCredentials load() {
    return new WindowsCredentials(SymbolLookup.libraryLookup("advapi32", Arena.global()));
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.find(name).orElseThrow(),
            descriptor,
            Linker.Option.captureCallState(LAST_ERROR));
  }

  @Override
  public String name() {
    return "the Windows Credential Manager";
  }

  @Override
  public Optional<byte[]> find(String id) {
    return call((arena, error) -> {
      MemorySegment found = arena.allocate(ADDRESS);
      int answer = (int) read.invokeExact(error, target(arena, id), GENERIC, 0, found);
      if (answer == 0) {
        return nothing(error);
      }
      MemorySegment credential = found.get(ADDRESS, 0).reinterpret(SIZE);
      byte[] key =
          credential
              .get(ADDRESS, BLOB)
              .reinterpret(credential.get(JAVA_INT, BLOB_SIZE))
              .toArray(ValueLayout.JAVA_BYTE);
      free.invokeExact(found.get(ADDRESS, 0));
      return Optional.of(key);
    });
  }

  @Override
  public void keep(String id, byte[] key) {
    boolean ignored =
        call((arena, error) -> {
          MemorySegment credential = arena.allocate(SIZE, 8);
          MemorySegment secret = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
          credential.set(JAVA_INT, TYPE, GENERIC);
          credential.set(ADDRESS, TARGET_NAME, target(arena, id));
          credential.set(JAVA_INT, BLOB_SIZE, key.length);
          credential.set(ADDRESS, BLOB, secret);
          credential.set(JAVA_INT, PERSIST, THIS_COMPUTER);
          int answer = (int) write.invokeExact(error, credential, 0);
          secret.fill((byte) 0);
          if (answer == 0) {
            throw refused(lastError(error));
          }
          return true;
        });
  }

  @Override
  public void forget(String id) {
    boolean ignored =
        call((arena, error) -> {
          int answer = (int) delete.invokeExact(error, target(arena, id), GENERIC, 0);
          return answer != 0 || nothing(error).isEmpty();
        });
  }

  private interface Asking<T> {
    T with(Arena arena, MemorySegment error) throws Throwable;
  }

  private static <T> T call(Asking<T> asking) {
    try (Arena arena = Arena.ofConfined()) {
      return asking.with(arena, arena.allocate(Linker.Option.captureStateLayout()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new StoreException(
          "The Windows Credential Manager cannot be used: " + e.getMessage(), e);
    }
  }

  private static MemorySegment target(Arena arena, String id) {
    return arena.allocateFrom("Guestlist/" + id, StandardCharsets.UTF_16LE);
  }

  /// Empty when there is none of that name; everything else is a refusal.
  private static Optional<byte[]> nothing(MemorySegment error) {
    int code = lastError(error);
    if (code == NOT_FOUND) {
      return Optional.empty();
    }
    throw refused(code);
  }

  private static int lastError(MemorySegment error) {
    return (int)
        Linker.Option.captureStateLayout()
            .varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement(LAST_ERROR))
            .get(error, 0L);
  }

  private static StoreException refused(int code) {
    return new StoreException("The Windows Credential Manager answered with error " + code + ".");
  }
}

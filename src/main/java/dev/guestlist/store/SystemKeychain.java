package dev.guestlist.store;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The keychain of this system. It may ask the person, or hang: every call has its own thread and a
/// limit. Nothing is loaded before the first call.
final class SystemKeychain implements Keychain {
  private static final long LIMIT_SECONDS = 5;

  private final String name;
  private final Supplier<Keychain> loading;
  private Optional<Keychain> loaded = Optional.empty();

  private SystemKeychain(String name, Supplier<Keychain> loading) {
    this.name = name;
    this.loading = loading;
  }

  static SystemKeychain here() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return new SystemKeychain("the macOS keychain", MacKeychain::load);
    }
    if (system.startsWith("windows")) {
      return new SystemKeychain("the Windows Credential Manager", WindowsCredentials::load);
    }
    return new SystemKeychain("the system keychain (Secret Service)", Libsecret::load);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> find(String id) {
    return within(() -> keychain().find(id));
  }

  @Override
  public void keep(String id, byte[] key) {
    boolean ignored =
        within(() -> {
          keychain().keep(id, key);
          return true;
        });
  }

  @Override
  public void forget(String id) {
    boolean ignored =
        within(() -> {
          keychain().forget(id);
          return true;
        });
  }

  private synchronized Keychain keychain() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(loading.get());
    }
    return loaded.get();
  }

  private <T> T within(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("keychain")
        .start(() -> {
          try {
            answer.complete(call.get());
          } catch (RuntimeException | LinkageError e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(
          "No answer from " + name + " within " + LIMIT_SECONDS + " seconds. It may be locked.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting for " + name + ".", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof StoreException known) {
        throw known;
      }
      throw new StoreException(name + " cannot be used: " + cause.getMessage(), cause);
    }
  }
}

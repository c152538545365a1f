package dev.guestlist.service;

import dev.guestlist.store.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The vault, as runs want it that seal codes or open them. One that could not be used is not asked
/// again at once, and everybody is told when runs begin or cease to wait for it.
final class WantedVault {
  private final Vault vault;
  private final Changes changes;
  private final InstantSource clock;
  private volatile @Nullable Tries tries;
  private volatile boolean locked;

  WantedVault(Vault vault, Changes changes, InstantSource clock) {
    this.vault = vault;
    this.changes = changes;
    this.clock = clock;
  }

  /// Whether it can be used now. May wait for the keychain.
  boolean ready() {
    Tries before = tries;
    if (!Tries.due(before, clock.instant())) {
      return false;
    }
    boolean open = vault.ready();
    tries = open ? null : Tries.after(before, clock.instant());
    tell(!open);
    return open;
  }

  /// It could not be used just now.
  void couldNotBeUsed() {
    tell(true);
  }

  /// It may be open now.
  void mayBeOpen() {
    tries = null;
    locked = false;
  }

  /// Whether it could not be used when it was wanted last.
  boolean locked() {
    return locked;
  }

  /// When it is tried next; empty while it need not be.
  Optional<Instant> next() {
    return Optional.ofNullable(tries).map(Tries::next);
  }

  private void tell(boolean now) {
    if (locked != now) {
      locked = now;
      changes.publish(new Change.RunsChanged());
    }
  }
}

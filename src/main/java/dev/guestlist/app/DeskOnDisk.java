package dev.guestlist.app;

import dev.guestlist.cli.CannotOpen;
import dev.guestlist.cli.Desk;
import dev.guestlist.model.Connection;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Connections;
import dev.guestlist.service.VaultKey;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The data folder as one command uses it.
final class DeskOnDisk implements Desk {
  private final LocalStore store;
  private final InstantSource clock;
  private final Changes changes = new Changes();
  private final Connections connections;
  private final VaultKey vaultKey;
  private final List<Workplace> opened = new ArrayList<>();

  private DeskOnDisk(LocalStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.connections = new Connections(store);
    this.vaultKey = new VaultKey(store);
  }

  static DeskOnDisk open(Path folder, InstantSource clock) {
    try {
      return new DeskOnDisk(LocalStore.open(folder, clock), clock);
    } catch (StoreException e) {
      throw new CannotOpen(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Connections connections() {
    return connections;
  }

  @Override
  public VaultKey vaultKey() {
    return vaultKey;
  }

  @Override
  public Workplace open(Connection connection, boolean sends) {
    Workplace workplace =
        sends
            ? Workplace.open(connection, store, changes, clock)
            : Workplace.openToLook(connection, store, changes, clock);
    opened.add(workplace);
    return workplace;
  }

  @Override
  public Changes changes() {
    return changes;
  }

  @Override
  public void browse(URI address) {
    new SystemBrowser().accept(address);
  }

  @Override
  public void close() {
    opened.forEach(Workplace::close);
    store.close();
  }
}

package dev.guestlist.app;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Changes;
import dev.guestlist.service.ConnectionTest;
import dev.guestlist.service.Connections;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.LocalStore;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Remembered;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connections in the store, and the one that is open.
final class OpenPlaces implements Places, AutoCloseable {
  private final LocalStore store;
  private final Connections kept;
  private final Remembered remembered;
  private final InstantSource clock;
  private @Nullable Workplace open;

  OpenPlaces(LocalStore store, Connections kept, Remembered remembered, InstantSource clock) {
    this.remembered = remembered;
    this.kept = kept;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<Connection> connections() {
    return store.connections().all().stream()
        .sorted(Comparator.comparing(Connection::name, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  @Override
  public synchronized Workplace open(Connection connection) {
    closeCurrent();
    store.connections().put(connection);
    boolean offline =
        remembered.get(Places.offlineKey(connection)).filter("true"::equals).isPresent();
    Workplace workplace =
        offline
            ? Workplace.openOffline(connection, store, new Changes(), clock)
            : Workplace.open(connection, store, new Changes(), clock);
    open = workplace;
    return workplace;
  }

  @Override
  public synchronized ConnectionTest test(Connection connection) {
    return kept.test(connection, Optional.ofNullable(open).map(Workplace::session), clock);
  }

  @Override
  public synchronized String organizationName(OrganizationId organization) {
    return open == null ? organization.value() : open.organizations().name(organization);
  }

  @Override
  public synchronized void closeCurrent() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  @Override
  public void close() {
    closeCurrent();
  }
}

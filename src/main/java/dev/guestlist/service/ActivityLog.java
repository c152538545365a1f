package dev.guestlist.service;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.store.ActivityFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What was done from this computer, over all connections. Runs write their own lines; here are the
/// lines about signing in and out, reading and exporting.
public final class ActivityLog implements AutoCloseable {
  private final Session session;
  private final LocalStore store;
  private final InstantSource clock;
  private final Changes.Subscription subscription;

  /// one after the other, off the thread that signs in or out
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("activity").factory());

  private Optional<String> account = Optional.empty();

  /// A line, with names for people.
  ///
  /// @param organization its name; the id where no name is known; blank when there is none
  public record Line(Activity activity, String connection, String organization) {}

  /// What a list is of. Its name and the number of its entries are the detail of the line.
  public enum What {
    INVITATIONS,
    MEMBERS,
    GROUPS_AND_ROLES
  }

  /// How a file is written.
  public enum Format {
    CSV,
    JSON_LINES
  }

  ActivityLog(Session session, LocalStore store, Changes changes, InstantSource clock) {
    this.session = session;
    this.store = store;
    this.clock = clock;
    this.subscription = changes.subscribe(this::changed);
  }

  /// Newest first.
  ///
  /// @param before only older lines than the one with this id; `Long.MAX_VALUE` for the newest
  public List<Line> find(Activity.Filter filter, long before, int limit) {
    return store.activity().find(filter, before, limit).stream()
        .map(line -> new Line(line, connectionName(line), organizationName(line)))
        .toList();
  }

  /// Everything about a person in an organization of this connection, newest first.
  public List<Activity> about(OrganizationId organization, String person) {
    return store.activity().about(session.connection().id(), organization, person);
  }

  /// How many lines there are.
  public int count(Activity.Filter filter) {
    return store.activity().count(filter);
  }

  /// The connections that this computer knows, for choosing one.
  public List<Connection> connections() {
    return store.connections().all();
  }

  /// The organizations of a connection that some line is about.
  public List<OrganizationId> organizations(ConnectionId connection) {
    return store.activity().organizations(connection);
  }

  /// Writes the lines into a file, and a line about that.
  ///
  /// @return how many lines were written
  /// @throws IOException when the file cannot be written
  public int export(Activity.Filter filter, Format format, Path file) throws IOException {
    ActivityFile out =
        new ActivityFile(
            store.activity(), this::connectionName, this::organizationName, ZoneId.systemDefault());
    int lines =
        switch (format) {
          case CSV -> out.csv(filter, file);
          case JSON_LINES -> out.jsonLines(filter, file);
        };
    exported(Optional.empty(), file, lines);
    return lines;
  }

  /// To be told after something was written into a file.
  public void exported(Optional<OrganizationId> organization, Path file, int lines) {
    add(organization, Activity.Kind.EXPORTED, lines + " " + file.getFileName());
  }

  /// To be told after the server gave a list.
  void read(OrganizationId organization, What what, int entries) {
    add(Optional.of(organization), Activity.Kind.LIST_READ, entries + " " + what);
  }

  private void add(Optional<OrganizationId> organization, Activity.Kind kind, String detail) {
    store
        .activity()
        .add(
            clock.instant(),
            session.connection().id(),
            organization,
            kind,
            session.account().orElse(""),
            detail);
  }

  private synchronized void changed(Change change) {
    Optional<String> now = session.account();
    if (!(change instanceof Change.SessionChanged) || now.equals(account)) {
      return;
    }
    account.ifPresent(before -> write(Activity.Kind.SIGNED_OUT, before));
    now.ifPresent(after -> write(Activity.Kind.SIGNED_IN, after));
    account = now;
  }

  private void write(Activity.Kind kind, String whose) {
    var at = clock.instant();
    var connection = session.connection().id();
    writer.execute(() -> {
      try {
        store.activity().add(at, connection, Optional.empty(), kind, whose, "");
      } catch (StoreException e) {
        // nobody waits for this line; a disk that cannot be written tells whoever writes next
      }
    });
  }

  private String connectionName(Activity line) {
    return store
        .connections()
        .find(line.connection())
        .map(Connection::name)
        .orElse(line.connection().value());
  }

  private String organizationName(Activity line) {
    return line.organization()
        .map(id ->
            store
                .organizations()
                .find(line.connection(), id)
                .map(Organization::name)
                .orElse(id.value()))
        .orElse("");
  }

  /// Waits for lines that are being written.
  @Override
  public void close() {
    subscription.close();
    synchronized (this) {
      account.ifPresent(before -> write(Activity.Kind.SIGNED_OUT, before));
      account = Optional.empty();
    }
    writer.shutdown();
    try {
      writer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

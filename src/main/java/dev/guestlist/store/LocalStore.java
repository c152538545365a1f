package dev.guestlist.store;

import dev.guestlist.model.ConnectionId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Everything that Guestlist keeps on this computer, in one folder. Safe to call from any thread;
/// calls are short and never wait for the network.
public final class LocalStore implements AutoCloseable {

  /// Something that happened while opening and that the person should read.
  public sealed interface Notice {
    /// The cache could not be read, was set aside and is empty now; lists are read again.
    record CacheSetAside(Path to) implements Notice {}

    /// `guestlist.db` was damaged, was set aside, and what could be read was saved.
    ///
    /// @param rows how many rows were saved
    /// @param copies the daily copies that could be restored instead, newest first
    record MainFileSaved(Path to, int rows, List<Path> copies) implements Notice {}
  }

  /// Opens the folder, makes what is missing, applies migrations, sets damaged files aside.
  ///
  /// @throws StoreException when the folder cannot be written, or a file belongs to a newer
  ///   Guestlist; such a file is left exactly as it was
  public static LocalStore open(Path folder, KeyStorage keys, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  public List<Notice> notices() {
    throw new UnsupportedOperationException();
  }

  public Path folder() {
    throw new UnsupportedOperationException();
  }

  public ConnectionTable connections() {
    throw new UnsupportedOperationException();
  }

  public OrganizationCache organizations() {
    throw new UnsupportedOperationException();
  }

  public InvitationCache invitations() {
    throw new UnsupportedOperationException();
  }

  public AssignmentCache assignments() {
    throw new UnsupportedOperationException();
  }

  public MemberCache members() {
    throw new UnsupportedOperationException();
  }

  public RunTable runs() {
    throw new UnsupportedOperationException();
  }

  public Vault vault() {
    throw new UnsupportedOperationException();
  }

  public ViewState viewState() {
    throw new UnsupportedOperationException();
  }

  /// Tries to become the one program on this folder that sends; held until closed or killed. Asking
  /// again when it is held already answers true.
  public boolean claimSending() {
    throw new UnsupportedOperationException();
  }

  /// Forgets everything read from one connection's server, so that it is read anew. Runs, codes and
  /// the connection itself stay.
  public void forgetCached(ConnectionId connection) {
    throw new UnsupportedOperationException();
  }

  /// Writes the daily copy of `guestlist.db` if today has none yet; keeps seven.
  public void copyOncePerDay(Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Connections;
import dev.guestlist.service.VaultKey;
import dev.guestlist.service.Workplace;
import java.io.IOException;
import java.net.URI;

/// What the commands work with: the data folder of this computer, opened for one command.
public interface Desk extends AutoCloseable {
  Connections connections();

  VaultKey vaultKey();

  /// Opens a connection; closed with the desk.
  ///
  /// @param sends whether runs leave while it is open; a command that only reads sends nothing
  Workplace open(Connection connection, boolean sends);

  /// The news of the open connection.
  Changes changes();

  /// Opens an address in the system's browser.
  ///
  /// @throws IOException when there is none
  void browse(URI address) throws IOException;

  @Override
  void close();

  /// Opens the desk when a command begins.
  interface Opener {
    /// Opens it.
    ///
    /// @throws dev.guestlist.cli.CannotOpen when the data folder cannot be used
    Desk open();
  }
}

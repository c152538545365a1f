package dev.guestlist.ui.kit;

import dev.guestlist.model.Connection;
import dev.guestlist.service.Workplace;
import java.util.List;

/// The connections that this computer knows, and opening them. One is open at a time. All of it
/// reads the disk: to be called in the background.
public interface Places {
  /// In the order of their names.
  List<Connection> connections();

  /// Opens a connection, also without a server; closes the one that was open.
  Workplace open(Connection connection);

  /// Closes the open connection; nothing happens when none is.
  void closeCurrent();
}

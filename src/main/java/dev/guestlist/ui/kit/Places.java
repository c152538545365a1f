package dev.guestlist.ui.kit;

import dev.guestlist.model.Connection;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.ConnectionTest;
import dev.guestlist.service.Workplace;
import java.util.List;

/// The connections that this computer knows, and opening them. One is open at a time. All of it
/// reads the disk: to be called in the background.
public interface Places {
  /// In the order of their names.
  List<Connection> connections();

  /// Opens a connection, also without a server, and working offline where that was chosen last
  /// time; closes the one that was open.
  Workplace open(Connection connection);

  /// A test of a connection, also of one that is not kept yet; with the session of the open
  /// connection where it leads to the same sign-in.
  ConnectionTest test(Connection connection);

  /// What an organization is called, as far as the open connection knows it; else its id.
  String organizationName(OrganizationId organization);

  /// Under which key it is remembered that somebody works offline with a connection: `true` then.
  static String offlineKey(Connection connection) {
    return "offline/" + connection.id().value();
  }

  /// Closes the open connection; nothing happens when none is.
  void closeCurrent();
}

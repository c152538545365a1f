package dev.guestlist.server;

import java.io.IOException;
import java.net.URI;

/// Opens an address for the person; the answer of a sign-in comes back on a loopback address.
public interface Browser {
  /// Opens it without waiting for what the person does there.
  ///
  /// @throws IOException when no browser could be started
  void open(URI address) throws IOException;
}

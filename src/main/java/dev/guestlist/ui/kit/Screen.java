package dev.guestlist.ui.kit;

import dev.guestlist.model.ConnectionId;
import java.util.Optional;

/// The places that the window can show.
public sealed interface Screen {
  /// The start, and getting connected.
  record Welcome() implements Screen {}

  /// The invitations of the current organization.
  record Invitations() implements Screen {}

  /// Inviting into the current organization; shown over the screen that is open.
  record Invite() implements Screen {}

  /// Accepting codes.
  record Accept() implements Screen {}

  /// Who is in the current organization.
  record Members() implements Screen {}

  /// What was sent and what waits.
  record Runs() implements Screen {}

  /// The connections of this computer, with `chosen` open in the editor.
  record Connections(Optional<ConnectionId> chosen) implements Screen {}

  /// Where the key of kept secrets lies; shown over the screen that is open.
  record Secrets() implements Screen {}
}

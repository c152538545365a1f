package dev.guestlist.ui.kit;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Board.Which;
import java.time.Instant;
import java.util.Optional;

/// The places that the window can show.
public sealed interface Screen {
  /// The start, and getting connected.
  record Welcome() implements Screen {}

  /// The invitations of the current organization.
  ///
  /// @param person the username to select; empty to leave the choice to the person
  record Invitations(Optional<String> person) implements Screen {
    /// With nobody selected.
    public Invitations() {
      this(Optional.empty());
    }
  }

  /// Inviting into the current organization; shown over the screen that is open.
  record Invite() implements Screen {}

  /// Accepting codes.
  record Accept() implements Screen {}

  /// Accepting codes in a small window of its own, beside the one that is open.
  record Desk() implements Screen {}

  /// Who is in the current organization.
  ///
  /// @param person the username to select; empty to leave the choice to the person
  record Members(Optional<String> person) implements Screen {
    /// With nobody selected.
    public Members() {
      this(Optional.empty());
    }
  }

  /// What was sent and what waits.
  record Runs() implements Screen {}

  /// The connections of this computer, with `chosen` open in the editor.
  record Connections(Optional<ConnectionId> chosen) implements Screen {}

  /// Where every organization of the connection stands.
  record Board() implements Screen {}

  /// Everybody whom a number of the board counts, in all organizations.
  ///
  /// @param only the organization that the list is narrowed down to at first; empty for all
  record Across(Which which, Optional<OrganizationId> only) implements Screen {}

  /// What was done from this computer.
  ///
  /// @param search what is searched for at first, such as "run 3"; blank for everything
  record Activity(String search) implements Screen {
    /// With everything.
    public Activity() {
      this("");
    }
  }

  /// What changed in the current organization since a former day.
  ///
  /// @param since when the list of that day was read; empty for the newest of the former days
  record Changes(Optional<Instant> since) implements Screen {
    /// Since the newest of the former days.
    public Changes() {
      this(Optional.empty());
    }
  }

  /// People of a name in every list on this computer; shown over the screen that is open.
  record Find(String name) implements Screen {}

  /// Where the key of kept secrets lies; shown over the screen that is open.
  record Secrets() implements Screen {}
}

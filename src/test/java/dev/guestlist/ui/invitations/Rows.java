package dev.guestlist.ui.invitations;

import dev.guestlist.model.Group;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Role;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Invitations.Entry;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rows as the service would list them, so that a test names only what it is about.
final class Rows {
  static final Instant NOW = Instant.parse("2026-11-12T10:00:00Z");
  static final Texts TEXTS = Texts.english();

  private String username;
  private String email = "";
  private InvitationStatus status = InvitationStatus.PENDING;
  private Optional<Instant> ends = Optional.of(NOW.plusSeconds(72 * 3600));
  private List<Group> groups = List.of();
  private List<Role> roles = List.of();
  private Optional<String> store = Optional.empty();
  private Optional<Long> codeRow = Optional.empty();
  private boolean onServer = true;

  private Rows(String username) {
    this.username = username;
  }

  static Rows row(String username) {
    return new Rows(username);
  }

  Rows email(String address) {
    email = address;
    return this;
  }

  Rows status(InvitationStatus is) {
    status = is;
    return this;
  }

  Rows ends(Instant when) {
    ends = Optional.of(when);
    return this;
  }

  Rows groups(String... names) {
    groups = List.of(names).stream().map(name -> new Group("id-" + name, name)).toList();
    return this;
  }

  Rows roles(String... names) {
    roles =
        List.of(names).stream()
            .map(name -> new Role("id-" + name, name, Optional.empty()))
            .toList();
    return this;
  }

  Rows store(String name) {
    store = Optional.of(name);
    return this;
  }

  Rows code(long row) {
    codeRow = Optional.of(row);
    return this;
  }

  Rows notOnServer() {
    onServer = false;
    return this;
  }

  InvitationRow make() {
    return InvitationRow.all(
            List.of(
                new Entry(
                    username,
                    username,
                    email,
                    status,
                    ends,
                    groups,
                    roles,
                    store,
                    onServer ? Optional.of(new InvitationId("id-" + username)) : Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    codeRow,
                    Optional.empty(),
                    Optional.empty(),
                    "")),
            NOW,
            TEXTS)
        .getFirst();
  }
}

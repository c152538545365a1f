package dev.guestlist.server;

import dev.guestlist.model.Group;

/// A group, in lists of groups and inside invitations.
record GroupJson(String id, String displayName) {
  Group toModel() {
    return new Group(id, displayName);
  }
}

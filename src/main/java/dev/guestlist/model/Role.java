package dev.guestlist.model;

import java.util.Optional;

/// A role of a child organization. Two roles may share a name and differ in their audience.
///
/// @param id differs in every organization, also for roles shared from the parent
/// @param audience whom the role is for; empty where the server left it out
public record Role(String id, String displayName, Optional<Audience> audience) {

  /// Whom a role is for.
  ///
  /// @param name what the server shows, often the application's name; may be blank
  public record Audience(String id, String name, Kind kind) {
    public enum Kind {
      ORGANIZATION,
      APPLICATION
    }
  }

  /// Console roles can only be given to people who can use the Console in the parent already.
  public boolean needsConsoleAccess() {
    return audience
        .filter(a -> a.kind() == Audience.Kind.APPLICATION && a.name().equals("Console"))
        .isPresent();
  }
}

package dev.guestlist.model;

import java.util.List;
import java.util.Optional;

/// Whom or what one row of a run is about.
public sealed interface Target {

  /// Somebody to invite, with what they will get.
  record Person(Username username, List<Role> roles, List<Group> groups) implements Target {
    public Person {
      roles = List.copyOf(roles);
      groups = List.copyOf(groups);
    }
  }

  /// A listed invitation to delete.
  record Listed(InvitationId invitation, String username) implements Target {}

  /// A listed invitation to replace by a new one, in two steps that are written down one by one.
  ///
  /// @param replaces the old invitation
  /// @param person whom to invite again, with what they will get
  /// @param step what is to be done next, or was done last
  record Again(InvitationId replaces, Person person, Step step) implements Target {
    /// The two steps.
    public enum Step {
      /// the old invitation is to be deleted
      DELETE,
      /// the old invitation is gone, the new one is to be made
      INVITE
    }

    /// The same once the old invitation is gone.
    public Again gone() {
      return new Again(replaces, person, Step.INVITE);
    }
  }

  /// A code to accept. The code itself lies sealed in the vault; here is what may be shown.
  ///
  /// @param username whose code it is, once a check said so
  /// @param organization where it leads, once a check said so
  record Code(String lastFour, Optional<String> username, Optional<OrganizationId> organization)
      implements Target {}

  /// How to name this target to a person.
  default String name() {
    return switch (this) {
      case Person person -> person.username().qualified();
      case Listed listed -> listed.username();
      case Again again -> again.person().name();
      case Code code -> code.username().orElse("****-" + code.lastFour());
    };
  }
}

package dev.guestlist.model;

/// What somebody wants to change on the server. One run carries one wish.
public sealed interface Wish {

  /// Invite people of the parent into the run's organization.
  ///
  /// @param serverMails true when the server sends its mail; false when the codes come back here
  record Invite(boolean serverMails) implements Wish {}

  /// Delete invitations of the run's organization.
  record Delete() implements Wish {}

  /// Delete invitations of the run's organization and invite the same people again.
  ///
  /// @param serverMails as for [Invite]
  record InviteAgain(boolean serverMails) implements Wish {}

  /// Accept invitations by their codes, on behalf of the people who own them.
  record Accept() implements Wish {}
}

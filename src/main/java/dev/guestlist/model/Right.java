package dev.guestlist.model;

/// What an account may do in one organization. Read from the scopes that were really granted.
public enum Right {
  LIST_INVITATIONS,
  INVITE,
  DELETE_INVITATIONS,
  VIEW_GROUPS,
  VIEW_ROLES,
  LIST_USERS,
  VIEW_ORGANIZATIONS
}

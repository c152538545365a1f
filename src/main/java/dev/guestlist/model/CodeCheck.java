package dev.guestlist.model;

/// What the server says about a code without using it up.
///
/// @param organization the child that the code leads into
/// @param parent the organization whose user is invited
public record CodeCheck(
    String username,
    OrganizationId organization,
    OrganizationId parent,
    Invitation.Status status) {}

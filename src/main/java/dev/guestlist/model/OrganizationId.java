package dev.guestlist.model;

/// The server's id of an organization, a UUID in text form.
///
/// @param value never blank
public record OrganizationId(String value) {
  public OrganizationId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("An organization id cannot be blank.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.guestlist.model;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// What a person types in on another device to sign in here.
///
/// @param userCode short, to be typed in at `address`
/// @param withCode the address with the code in it, when the server gives one
/// @param ends after this the code is worth nothing
public record DeviceCode(String userCode, URI address, Optional<URI> withCode, Instant ends) {
  @Override
  public String toString() {
    return "DeviceCode[at " + address.getHost() + ", until " + ends + "]";
  }
}

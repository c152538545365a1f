package dev.guestlist.practice;

import java.net.URI;
import java.util.function.Supplier;

/// The address that the server gives of itself: where it listens, or what it was told to say.
final class PublishedAddress {
  private final Supplier<URI> real;
  private final PracticeTraits traits;
  private final String tenant;

  PublishedAddress(Supplier<URI> real, PracticeTraits traits, String tenant) {
    this.real = real;
    this.traits = traits;
    this.tenant = tenant;
  }

  /// `https://host:port/t/acme`.
  String tenant() {
    return traits.publishedAddress().orElseGet(real) + "/t/" + tenant;
  }

  /// `https://host:port/t/acme/oauth2`.
  String oauth() {
    return tenant() + "/oauth2";
  }
}

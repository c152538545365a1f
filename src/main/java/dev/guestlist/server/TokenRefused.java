package dev.guestlist.server;

/// The server did not take the access token. Never leaves this folder: it is answered by renewing
/// the token once.
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefused() {
    super("The access token was refused.");
  }
}

package dev.guestlist.server;

import java.util.Optional;

/// The secrets of one connection, asked for at the moment they are sent, so that they are kept
/// nowhere else.
public interface Secrets {
  /// For those who have none.
  Secrets NONE =
      new Secrets() {
        @Override
        public Optional<String> clientSecret() {
          return Optional.empty();
        }

        @Override
        public Optional<String> proxyPassword() {
          return Optional.empty();
        }
      };

  /// What a technical account proves itself with.
  Optional<String> clientSecret();

  /// The password of the proxy's user.
  Optional<String> proxyPassword();
}

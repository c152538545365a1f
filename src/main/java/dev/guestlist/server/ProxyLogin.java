package dev.guestlist.server;

import dev.guestlist.model.Connection.Proxying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/// Tells the proxy who is there: with the first request, and never twice.
final class ProxyLogin implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  private final Proxying proxying;
  private final Secrets secrets;

  ProxyLogin(Proxying proxying, Secrets secrets) {
    this.proxying = proxying;
    this.secrets = secrets;
  }

  /// The proxy does not let this user through, or wants one and has none.
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    Refused() {
      super("The proxy wants another user or password.");
    }
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    boolean beforehand =
        response.challenges().stream()
            .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    Optional<String> login = login();
    boolean again = response.request().header(HEADER) != null;
    if (login.isPresent() && !again) {
      return response.request().newBuilder().header(HEADER, login.get()).build();
    }
    if (beforehand) {
      return null;
    }
    throw new Refused();
  }

  private Optional<String> login() {
    return proxying instanceof Proxying.Through through
        ? through.user().map(this::basic)
        : Optional.empty();
  }

  private String basic(String user) {
    return Credentials.basic(user, secrets.proxyPassword().orElse(""), StandardCharsets.UTF_8);
  }
}

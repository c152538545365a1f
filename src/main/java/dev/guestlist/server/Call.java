package dev.guestlist.server;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// One call of an endpoint, not sent yet. Its text form shows nothing of its contents.
///
/// @param places what stands in the open places of the path, by name
/// @param query parameters of the address, encoded by the sender
/// @param body what is sent, at most once
/// @param authorization a header of its own; bearer tokens are added by the sender instead
/// @param secrets what was sent and a server may repeat in its error texts
/// @param address where it goes instead of the endpoint's path at the connection's server
record Call(
    Endpoint endpoint,
    Map<String, String> places,
    Map<String, String> query,
    Optional<RequestBody> body,
    Optional<String> authorization,
    List<String> secrets,
    Optional<URI> address) {
  private static final MediaType JSON = MediaType.get("application/json");

  static Call of(Endpoint endpoint) {
    return new Call(
        endpoint,
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  Call place(String name, String value) {
    return new Call(endpoint, Map.of(name, value), query, body, authorization, secrets, address);
  }

  Call query(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new Call(endpoint, places, more, body, authorization, secrets, address);
  }

  Call json(Object value) {
    RequestBody json = RequestBody.create(Json.write(value), JSON);
    return new Call(endpoint, places, query, Optional.of(json), authorization, secrets, address);
  }

  Call form(Map<String, String> fields) {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach(form::add);
    return new Call(
        endpoint, places, query, Optional.of(form.build()), authorization, secrets, address);
  }

  Call basic(String client, String clientSecret) {
    String basic = Credentials.basic(client, clientSecret);
    return new Call(endpoint, places, query, body, Optional.of(basic), secrets, address)
        .hiding(clientSecret)
        .hiding(basic.substring(basic.indexOf(' ') + 1));
  }

  /// The same call at an OpenID provider, whose addresses are its own.
  Call at(URI provider) {
    return new Call(endpoint, places, query, body, authorization, secrets, Optional.of(provider));
  }

  /// The same call where a token of this kind reaches: root paths answer root tokens only, and
  /// paths with `/o/` those of an organization only.
  Call reachedBy(Tokens tokens) {
    return tokens.organization().isEmpty()
        ? this
        : new Call(endpoint.inside(), places, query, body, authorization, secrets, address);
  }

  /// The same call, whose refusal does not repeat this.
  Call hiding(String secret) {
    List<String> more = Stream.concat(secrets.stream(), Stream.of(secret)).toList();
    return new Call(endpoint, places, query, body, authorization, more, address);
  }

  /// The body as OkHttp gets it. Without the one-shot mark OkHttp sends writes again by itself
  /// after a 503 with `Retry-After: 0`, also a DELETE, which gets an empty body for that reason.
  @Nullable RequestBody oneShot() {
    if (endpoint.reads()) {
      return null;
    }
    return new OneShot(body.orElse(RequestBody.EMPTY));
  }

  @Override
  public String toString() {
    return endpoint.verb() + " " + endpoint.template();
  }

  private static final class OneShot extends RequestBody {
    private final RequestBody body;

    OneShot(RequestBody body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws java.io.IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
      body.writeTo(sink);
    }
  }
}

package dev.guestlist.practice;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back to the caller. The body is written when the headers are out; a length of 0 means
/// no body and -1 a streamed one of unknown length.
record Answer(int status, Map<String, String> headers, long length, Body body) {
  /// Writes the body.
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static final String JSON = "application/json";
  static final String SCIM = "application/scim+json";

  static Answer json(int status, Object value) {
    return of(status, JSON, Json.bytes(value));
  }

  static Answer scim(int status, Object value) {
    return of(status, SCIM, Json.bytes(value));
  }

  static Answer html(int status, String page) {
    return of(status, "text/html; charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), 0, out -> {});
  }

  static Answer redirect(String location) {
    return empty(302).with("Location", location);
  }

  static Answer streamed(String type, Body body) {
    return new Answer(200, Map.of("Content-Type", type), -1, body);
  }

  static Answer of(int status, String type, byte[] bytes) {
    return new Answer(status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, length, body);
  }
}

package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/// The one way from text to `…Json` records and back. Unknown members are ignored; missing ones
/// become empty texts, lists and `Optional`s, because the server leaves out whatever is null.
/// Exceptions of the library are never passed on: their texts may quote the answer.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // buffers with tokens and codes in them are not kept for the next caller
                  .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1024 * 1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .changeDefaultNullHandling(
              ignored -> JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP))
          .build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /// @param expected what was hoped for, in words that follow "instead of"
  static <T> T read(byte[] text, Class<T> shape, String expected) throws ProblemException {
    return tryRead(text, shape)
        .orElseThrow(() ->
            new ProblemException(
                new Problem.Unreadable("broken or unexpected JSON instead of " + expected)));
  }

  static <T> Optional<T> tryRead(byte[] text, Class<T> shape) {
    try {
      return Optional.ofNullable(MAPPER.readValue(text, shape));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static JsonParser parser(InputStream text) {
    return MAPPER.createParser(text);
  }
}

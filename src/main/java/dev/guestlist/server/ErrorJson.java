package dev.guestlist.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An error as any layer of the server writes it: front door and REST (`code`, a number or a text),
/// SCIM (`status`, a number or a text) and OAuth (`error`).
record ErrorJson(
    String code,
    String message,
    String description,
    String traceId,
    String status,
    String scimType,
    String detail,
    String error,
    @JsonProperty("error_description") String errorDescription) {
  private static final int LONGEST_TEXT = 500;
  private static final String HIDDEN = "****";

  /// No layer of the server said anything.
  static final ErrorJson NOTHING = new ErrorJson("", "", "", "", "", "", "", "", "");

  /// The code in whatever member it came; blank when there is none.
  String anyCode() {
    return first(code, error, scimType, status);
  }

  /// The code of a rule, or OAuth's own word for what is wrong; blank when there is neither.
  String ruleOrError() {
    return first(code, error);
  }

  /// Whether it was the server that wrote this, and not something in front of it.
  boolean fromTheServer() {
    return !code.isBlank() || !status.isBlank();
  }

  /// Whether the code is one of the server's rules, such as `OUI-60001`, and not a bare status.
  boolean namesRule() {
    return !code.isBlank() && !code.chars().allMatch(Character::isDigit);
  }

  /// The same without what was sent, for a careless server repeats it in any member: as it is, or
  /// percent-encoded as it stood in the form.
  ErrorJson without(List<String> secrets) {
    UnaryOperator<String> clean =
        text -> {
          String left = Objects.requireNonNullElse(text, "");
          for (String secret : secrets) {
            if (!secret.isBlank()) {
              left =
                  left.replace(secret, HIDDEN)
                      .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), HIDDEN);
            }
          }
          return left;
        };
    return new ErrorJson(
        clean.apply(code),
        clean.apply(message),
        clean.apply(description),
        clean.apply(traceId),
        clean.apply(status),
        clean.apply(scimType),
        clean.apply(detail),
        clean.apply(error),
        clean.apply(errorDescription));
  }

  /// The server's own words on one line.
  String text() {
    String all =
        Stream.of(message, description, detail, errorDescription)
            .filter(part -> !part.isBlank())
            .map(String::strip)
            .distinct()
            .collect(Collectors.joining(" "));
    String line = all.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
  }

  private static String first(String... candidates) {
    return List.of(candidates).stream()
        .filter(Objects::nonNull)
        .filter(candidate -> !candidate.isBlank())
        .findFirst()
        .orElse("");
  }
}

package dev.guestlist.ui.accept;

import dev.guestlist.model.PastedCodes;
import dev.guestlist.ui.kit.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one-line sums: what was found in the field, what the looks brought, how it ended.
final class FoundText {
  private static final int LETTERS = 32;
  private static final int TYPED_BY_HAND = 80;

  private FoundText() {}

  /// What stands in the field.
  static String of(PastedCodes codes, String text, Texts texts) {
    if (text.isBlank()) {
      return "";
    }
    if (codes.none()) {
      long letters = text.chars().filter(Character::isLetterOrDigit).count();
      boolean typing = text.strip().length() <= TYPED_BY_HAND && letters < LETTERS && onlyHex(text);
      return typing ? texts.get("accept.found.typing", letters, LETTERS) : sum(codes, texts);
    }
    if (codes.codes().isEmpty() && codes.almost().size() == 1) {
      int letters = codes.almost().getFirst().letters();
      return letters == LETTERS
          ? texts.get("accept.found.almost.wrong-letter")
          : texts.get("accept.found.almost", letters, LETTERS);
    }
    return sum(codes, texts);
  }

  static String sum(PastedCodes codes, Texts texts) {
    String sum =
        texts.get(
            "accept.found",
            codes.codes().size(),
            codes.twice(),
            codes.repaired(),
            codes.almost().size(),
            codes.ignoredLines());
    return codes.ignoredLines() == 1
        ? texts.get("accept.found.ignored", sum, codes.firstIgnored())
        : texts.get("accept.found.sentence", sum);
  }

  /// What the looks brought, state by state: "Ready 24 · Expired 3 · Other organization 1
  /// (Contoso)".
  static String checked(List<AcceptRow> rows, Texts texts) {
    return Stream.of(
            CodeState.READY,
            CodeState.EXPIRED,
            CodeState.UNKNOWN,
            CodeState.ACCEPTED_BEFORE,
            CodeState.WAITS_HERE,
            CodeState.OTHER_SERVER,
            CodeState.NOT_CHECKED,
            CodeState.ELSEWHERE)
        .filter(state -> count(rows, state) > 0)
        .map(state -> texts.get("accept.checked", texts.get(state.key()), count(rows, state)))
        .collect(Collectors.joining(" · "))
        .concat(
            rows.stream()
                .filter(row -> row.state() == CodeState.ELSEWHERE)
                .map(AcceptRow::into)
                .distinct()
                .collect(
                    Collectors.collectingAndThen(
                        Collectors.joining(", "), all -> all.isEmpty() ? "" : " (" + all + ")")));
  }

  /// How it ended.
  static String outcome(List<AcceptRow> rows, Texts texts) {
    return texts.get(
        "accept.outcome",
        count(rows, CodeState.JOINED),
        count(rows, CodeState.MEMBER),
        count(rows, CodeState.REFUSED, CodeState.USER_EXISTS, CodeState.CANNOT_TELL),
        count(rows, CodeState.DECISION));
  }

  private static long count(List<AcceptRow> rows, CodeState... states) {
    return rows.stream().filter(row -> Arrays.asList(states).contains(row.state())).count();
  }

  private static boolean onlyHex(String text) {
    return text.chars()
        .filter(Character::isLetterOrDigit)
        .allMatch(c -> c < 128 && (Character.digit(c, 16) >= 0 || "OoIl".indexOf(c) >= 0));
  }
}

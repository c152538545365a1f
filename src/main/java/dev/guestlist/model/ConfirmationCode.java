package dev.guestlist.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The code that lets anyone who has it accept an invitation: a secret. Its text form shows the
/// last four characters only.
public final class ConfirmationCode {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final String value;

  private ConfirmationCode(String value) {
    this.value = value;
  }

  /// Reads a code as the server writes it: a UUID. Upper case and spaces around are forgiven.
  public static Optional<ConfirmationCode> parse(String text) {
    String code = text.strip().toLowerCase(Locale.ROOT);
    return FORM.matcher(code).matches()
        ? Optional.of(new ConfirmationCode(code))
        : Optional.empty();
  }

  /// Takes a code as the server handed it out, whatever its form, so that none is lost.
  ///
  /// @throws IllegalArgumentException when it is blank
  public static ConfirmationCode asGiven(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A confirmation code cannot be blank.");
    }
    return new ConfirmationCode(text);
  }

  /// The secret itself: for the call, the vault, and what the person asked to see or copy.
  public String reveal() {
    return value;
  }

  /// The part that may be shown: the last four characters.
  public String lastFour() {
    return value.length() <= 4 ? "" : value.substring(value.length() - 4);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfirmationCode that && that.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****-" + lastFour();
  }
}

package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer to an invite call, kept as it came because its codes come only once. Its text form
/// hides it.
public final class InviteAnswer {

  /// What became of one person.
  ///
  /// @param refused empty when the person is invited
  /// @param serverText the server's code and words for a refusal; blank otherwise
  /// @param code present when the server does not mail
  public record Result(
      String username,
      Optional<Reason> refused,
      String serverText,
      Optional<ConfirmationCode> code) {}

  private final String text;

  private InviteAnswer(String text) {
    this.text = text;
  }

  /// Takes an answer that was kept.
  public static InviteAnswer asItCame(String text) {
    return new InviteAnswer(text);
  }

  /// The answer as it came; a secret when it contains codes.
  public String reveal() {
    return text;
  }

  /// One result per person, in the order of the call.
  ///
  /// @throws ProblemException `Unreadable` when this is not the answer that was expected
  public List<Result> results() throws ProblemException {
    InviteResultJson[] rows =
        Json.read(
            text.getBytes(StandardCharsets.UTF_8),
            InviteResultJson[].class,
            Endpoint.INVITE.expected());
    List<Result> results = new ArrayList<>();
    for (InviteResultJson row : rows) {
      results.add(row.toModel());
    }
    return List.copyOf(results);
  }

  /// Whether this is the answer that was expected.
  public boolean readable() {
    try {
      List<Result> ignored = results();
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "InviteAnswer";
  }
}

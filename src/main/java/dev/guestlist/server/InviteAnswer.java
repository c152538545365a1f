package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
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

  /// Takes an answer that was kept.
  public static InviteAnswer asItCame(String text) {
    throw new UnsupportedOperationException();
  }

  /// The answer as it came; a secret when it contains codes.
  public String reveal() {
    throw new UnsupportedOperationException();
  }

  /// One result per person, in the order of the call.
  ///
  /// @throws ProblemException `Unreadable` when this is not the answer that was expected
  public List<Result> results() throws ProblemException {
    throw new UnsupportedOperationException();
  }
}

package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.server.InviteAnswer.Result;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What became of one name of an invite call. Its text form hides the code.
record InviteResultJson(String username, String confirmationCode, Optional<Outcome> result) {

  record Outcome(String status, String errorCode, String errorMessage, String errorDescription) {
    String words() {
      return Stream.of(errorCode, errorMessage, errorDescription)
          .filter(part -> !part.isBlank())
          .collect(Collectors.joining(" "));
    }
  }

  Result toModel() throws ProblemException {
    String status = result.map(Outcome::status).orElse("");
    if (username.isBlank()) {
      throw new ProblemException(new Problem.Unreadable("an outcome without a name"));
    }
    return switch (status) {
      case "Successful" ->
          new Result(
              username,
              Optional.empty(),
              "",
              Optional.of(confirmationCode)
                  .filter(code -> !code.isBlank())
                  .map(ConfirmationCode::asGiven));
      case "Failed" ->
          new Result(
              username,
              result.map(Outcome::errorCode).map(Reasons::ofPerson),
              result.map(Outcome::words).orElse(""),
              Optional.empty());
      default ->
          throw new ProblemException(
              new Problem.Unreadable("an outcome that is neither good nor bad"));
    };
  }

  @Override
  public String toString() {
    return "InviteResultJson";
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.Problem;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;

/// A command cannot go on: the line that says why, and the code to end with.
final class Stop extends Exception {
  private static final long serialVersionUID = 1L;

  private final Exit exit;

  Stop(Exit exit, String line) {
    super(line);
    this.exit = exit;
  }

  static Stop of(Problem problem, Texts texts) {
    ProblemText text = ProblemText.of(problem, Optional.empty(), texts);
    String details = text.details().isBlank() ? "" : "\n" + text.details();
    return new Stop(Exit.of(problem), text.line() + details);
  }

  Exit exit() {
    return exit;
  }
}

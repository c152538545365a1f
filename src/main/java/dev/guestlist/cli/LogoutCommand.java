package dev.guestlist.cli;

import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Texts;
import picocli.CommandLine.Command;

/// Ends a kept sign-in.
@Command(
    name = "logout",
    mixinStandardHelpOptions = true,
    description = "End the kept sign-in: at the server too, where it can be reached.")
final class LogoutCommand extends ServerCommand {
  LogoutCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) {
    boolean told = true;
    try {
      told = workplace.session().resume();
    } catch (ProblemException e) {
      told = false;
    }
    workplace.session().signOut();
    out.note(texts.get(told ? "cli.logout.done" : "cli.logout.here-only"));
    return Exit.ALL_DONE;
  }
}

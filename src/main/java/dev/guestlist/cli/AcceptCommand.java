package dev.guestlist.cli;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Run;
import dev.guestlist.model.Ticket;
import dev.guestlist.service.CodeDesk;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Accepts codes for people, each after a look at it.
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description =
        "Accept invitations by their confirmation codes. Each code is checked right before it is"
            + " used, so that none is burnt.")
final class AcceptCommand extends ServerCommand {
  @Option(
      names = "--codes",
      paramLabel = "FILE",
      required = true,
      description = "A file with codes, links or whole mails in it; - reads the input.")
  private Path codes = Path.of("-");

  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "Any organization in which you may list invitations; the check needs one.")
  private Optional<String> organization = Optional.empty();

  @Option(names = "--ticket", paramLabel = "TEXT", description = "A note kept with the run.")
  private String ticket = "";

  @Option(
      names = "--keep",
      description = "What cannot be sent now stays as a waiting run instead of being dropped.")
  private boolean keep;

  AcceptCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  boolean sends() {
    return true;
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    List<ConfirmationCode> found = Codes.in(textIn(codes), out);
    if (workplace.session().connection().settings().readOnly()) {
      throw new Stop(
          Exit.NOTHING_DONE, texts.get("cli.read-only", workplace.session().connection().name()));
    }
    if (signInOrSay(workplace)) {
      enter(workplace, organization);
    } else if (!keep) {
      return Exit.NOTHING_DONE;
    }
    List<Runs.ToAccept> accepts = new ArrayList<>();
    for (ConfirmationCode code : found) {
      accepts.add(
          workplace.codes().look(code) instanceof CodeDesk.Look.Found(var check, var ignored)
              ? new Runs.ToAccept(
                  code, Optional.of(check.username()), Optional.of(check.organization()))
              : new Runs.ToAccept(code, Optional.empty(), Optional.empty()));
    }
    Run run = workplace.runs().accept(accepts, Ticket.of(ticket), Duration.ZERO);
    return new RunReport(workplace, out, keep).of(run, new RowText.Names("", ""));
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Problem;
import dev.guestlist.service.CodeDesk;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks codes up without using them up.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Look confirmation codes up without using them up: whose they are, and where to.")
final class CheckCommand extends ServerCommand {
  @Option(
      names = "--codes",
      paramLabel = "FILE",
      required = true,
      description = "A file with codes, links or whole mails in it; - reads the input.")
  private Path codes = Path.of("-");

  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "Any organization in which you may list invitations.")
  private Optional<String> organization = Optional.empty();

  CheckCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    List<ConfirmationCode> found = Codes.in(textIn(codes), out);
    signIn(workplace);
    enter(workplace, organization);
    int waiting = 0;
    Exit failed = Exit.SOME_REFUSED;
    boolean looked = true;
    for (ConfirmationCode code : found) {
      CodeDesk.Look look = workplace.codes().look(code);
      switch (look) {
        case CodeDesk.Look.Found(var check, var ignored) -> {
          waiting++;
          String name = workplace.organizations().name(check.organization());
          print(
              code,
              texts.get("cli.check.found", check.username(), name),
              Map.of(
                  "username", check.username(),
                  "organization", check.organization(),
                  "organizationName", name,
                  "status", check.status()));
        }
        case CodeDesk.Look.Unknown() ->
            print(code, texts.get("cli.check.unknown"), Map.of("status", "UNKNOWN"));
        case CodeDesk.Look.NotChecked(Problem why) -> {
          looked = false;
          failed = Exit.of(why);
          print(
              code,
              ProblemText.of(why, Optional.empty(), texts).line(),
              Map.of("status", "NOT_CHECKED"));
        }
      }
    }
    if (waiting == found.size()) {
      return Exit.ALL_DONE;
    }
    return waiting > 0 || looked ? Exit.SOME_REFUSED : failed;
  }

  private void print(ConfirmationCode code, String line, Map<String, Object> about) {
    Map<String, Object> facts = new LinkedHashMap<>(about);
    facts.put("code", code.toString());
    facts.put("text", line);
    out.result(code + "\t" + line, facts);
  }
}

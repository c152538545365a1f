package dev.guestlist.cli;

import dev.guestlist.service.ConnectionTest;
import dev.guestlist.service.ConnectionTest.Result;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.FindingText;
import dev.guestlist.ui.kit.Texts;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Finds out what is wrong with a connection.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Try a connection out, step by step: address, certificate, discovery, sign-in, rights, each"
            + " interface, clock, version. Only reads.")
final class TestCommand extends ServerCommand {
  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "The organization whose rights and lists are tried.")
  private Optional<String> organization = Optional.empty();

  TestCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) {
    try {
      signIn(workplace);
      enter(workplace, organization);
    } catch (Stop stop) {
      // the checks that need no sign-in, or no organization, are made all the same
      out.note(String.valueOf(stop.getMessage()));
    }
    Set<Result> results = EnumSet.noneOf(Result.class);
    workplace
        .test(workplace.session().connection())
        .run(line -> {
          results.add(line.result());
          print(workplace, line);
        });
    if (results.contains(Result.FAILED)) {
      return Exit.SOME_REFUSED;
    }
    return results.contains(Result.NOT_TRIED) ? Exit.NOT_SIGNED_IN : Exit.ALL_DONE;
  }

  private void print(Workplace workplace, ConnectionTest.Line line) {
    FindingText text =
        FindingText.of(line.finding(), texts, id -> workplace.organizations().name(id));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("check", line.check());
    facts.put("result", line.result());
    facts.put("milliseconds", line.took().toMillis());
    facts.put("text", text.words());
    facts.put("next", text.next());
    facts.put("details", text.details());
    out.result(
        String.join(
                "\t",
                FindingText.check(line.check(), texts),
                FindingText.result(line.result(), texts),
                text.words() + (text.next().isBlank() ? "" : " " + text.next()))
            .strip(),
        facts);
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.Problem;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists organizations.
@Command(
    name = "orgs",
    mixinStandardHelpOptions = true,
    description = "List organizations, or find some by parts of their name, handle, id or path.")
final class OrgsCommand extends ServerCommand {
  private static final int ALL = Integer.MAX_VALUE;

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "What to look for.")
  private Optional<String> text = Optional.empty();

  OrgsCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    Exit exit = Exit.ALL_DONE;
    if (signInOrSay(workplace)) {
      Optional<Problem> unread = workplace.organizations().readIndex();
      if (unread.isPresent()) {
        out.note(String.valueOf(Stop.of(unread.get(), texts).getMessage()));
        exit = Exit.of(unread.get());
      }
    } else {
      exit = Exit.NOTHING_DONE;
    }
    List<Organizations.Found> found =
        text.isPresent()
            ? workplace.organizations().search(text.get(), ALL)
            : workplace.organizations().all();
    found.forEach(this::print);
    out.note(texts.get("cli.orgs.count", found.size()));
    return exit;
  }

  private void print(Organizations.Found one) {
    String path = one.path().stream().map(step -> step.name()).collect(Collectors.joining(" / "));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", one.organization().id());
    facts.put("name", one.organization().name());
    facts.put("handle", one.organization().handle());
    facts.put("path", path);
    facts.put("access", one.organization().access());
    facts.put("pendingInvitations", one.pending());
    facts.put("invitationsReadAt", one.readAt());
    out.result(one.organization().id() + "  " + path, facts);
  }
}

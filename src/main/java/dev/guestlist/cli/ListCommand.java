package dev.guestlist.cli;

import dev.guestlist.model.Group;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Role;
import dev.guestlist.service.Invitations;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the invitations of an organization.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the invitations of an organization with their status.")
final class ListCommand extends ServerCommand {
  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "Name, handle or id; otherwise the one the connection starts in.")
  private Optional<String> organization = Optional.empty();

  ListCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    boolean signedIn = signInOrSay(workplace);
    Organization here = enter(workplace, organization);
    Optional<Problem> unread =
        signedIn ? workplace.invitations().refresh(here.id()) : Optional.empty();
    unread.ifPresent(problem -> out.note(String.valueOf(Stop.of(problem, texts).getMessage())));
    Invitations.Listing listing = workplace.invitations().list(here.id());
    listing.entries().forEach(this::print);
    out.note(
        texts.get(
            "cli.list.count",
            listing.entries().size(),
            path(workplace, here),
            listing.readAt().map(Object::toString).orElse("-")));
    return signedIn ? unread.map(Exit::of).orElse(Exit.ALL_DONE) : Exit.NOTHING_DONE;
  }

  private void print(Invitations.Entry entry) {
    String status = StatusText.of(entry.status(), texts).word();
    List<String> groups = entry.groups().stream().map(Group::name).toList();
    List<String> roles = entry.roles().stream().map(Role::displayName).toList();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("username", entry.username());
    facts.put("email", entry.email());
    facts.put("status", entry.status());
    facts.put("ends", entry.ends());
    facts.put("groups", groups);
    facts.put("roles", roles);
    facts.put("userStore", entry.userStore());
    facts.put("invitation", entry.invitation());
    out.result(
        String.join(
            "\t",
            entry.username(),
            status,
            entry.ends().map(Object::toString).orElse("-"),
            entry.email(),
            String.join(", ", groups),
            String.join(", ", roles)),
        facts);
  }
}

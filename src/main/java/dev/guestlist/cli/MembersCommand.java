package dev.guestlist.cli;

import dev.guestlist.model.Member;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Problem;
import dev.guestlist.service.Members;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists who is in an organization.
@Command(
    name = "members",
    mixinStandardHelpOptions = true,
    description = "List who is in an organization, and where their account lives.")
final class MembersCommand extends ServerCommand {
  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "Name, handle or id; otherwise the one the connection starts in.")
  private Optional<String> organization = Optional.empty();

  MembersCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    boolean signedIn = signInOrSay(workplace);
    Organization here = enter(workplace, organization);
    Optional<Problem> unread = signedIn ? workplace.members().refresh(here.id()) : Optional.empty();
    unread.ifPresent(problem -> out.note(String.valueOf(Stop.of(problem, texts).getMessage())));
    Members.Listing listing = workplace.members().list(here.id());
    listing.members().forEach(member -> print(workplace, member));
    out.note(
        texts.get(
            "cli.members.count",
            listing.members().size(),
            path(workplace, here),
            listing.readAt().map(Object::toString).orElse("-")));
    return signedIn ? unread.map(Exit::of).orElse(Exit.ALL_DONE) : Exit.NOTHING_DONE;
  }

  private void print(Workplace workplace, Member member) {
    Optional<String> from =
        member.managedBy().map(id -> workplace.organizations().name(id)).filter(s -> !s.isBlank());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("username", member.username());
    facts.put("displayName", member.displayName());
    facts.put("email", member.email());
    facts.put("managedBy", member.managedBy());
    facts.put("managedByName", from);
    facts.put("groups", member.groups());
    facts.put("roles", member.roles());
    out.result(
        String.join(
            "\t",
            member.username(),
            member.displayName(),
            member.email(),
            from.map(name -> texts.get("cli.members.from", name))
                .orElseGet(() -> texts.get("cli.members.own")),
            String.join(", ", member.groups()),
            String.join(", ", member.roles())),
        facts);
  }
}

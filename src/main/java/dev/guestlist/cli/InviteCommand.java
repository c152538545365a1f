package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Group;
import dev.guestlist.model.Organization;
import dev.guestlist.model.PastedPeople;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Invites people.
@Command(
    name = "invite",
    mixinStandardHelpOptions = true,
    description = "Invite users of the parent organization into a child organization.")
final class InviteCommand extends ServerCommand {
  /// At a production connection, more people than this need their number repeated.
  private static final int MOST_UNASKED = 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Usernames; CORP/dora is dora in the user store CORP.")
  private List<String> names = List.of();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Usernames from a file, or from the input for -.")
  private Optional<Path> from = Optional.empty();

  @Option(
      names = "--organization",
      paramLabel = "NAME",
      description = "Name, handle or id; otherwise the one the connection starts in.")
  private Optional<String> organization = Optional.empty();

  @Option(names = "--group", paramLabel = "NAME", description = "A group to give; repeatable.")
  private List<String> groups = List.of();

  @Option(names = "--role", paramLabel = "NAME", description = "A role to give; repeatable.")
  private List<String> roles = List.of();

  @Option(
      names = "--codes",
      paramLabel = "FILE",
      description =
          "The server sends no mail; the confirmation codes go into this new file, which only you"
              + " may read.")
  private Optional<Path> codes = Optional.empty();

  @Option(names = "--ticket", paramLabel = "TEXT", description = "A note kept with the run.")
  private String ticket = "";

  @Option(names = "--dry-run", description = "Say what would happen, and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--keep",
      description = "What cannot be sent now stays as a waiting run instead of being dropped.")
  private boolean keep;

  @Option(
      names = "--yes-people",
      paramLabel = "N",
      description = "Their number, to invite more than 20 people at a production connection.")
  private Optional<Integer> yesPeople = Optional.empty();

  InviteCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  boolean sends() {
    return !dryRun;
  }

  @Override
  Exit act(Workplace workplace) throws Stop {
    List<Username> people = people();
    if (codes.isPresent()) {
      CodesFile.refuseExisting(codes.get(), texts);
      if (!workplace.runs().canKeepCodes()) {
        throw new Stop(Exit.NOTHING_DONE, texts.get("cli.invite.no-vault"));
      }
    }
    signIn(workplace);
    Organization here = enter(workplace, organization);
    boolean may =
        workplace.session().rights(here.id()).filter(set -> set.contains(Right.INVITE)).isPresent();
    if (!may) {
      throw new Stop(Exit.RIGHT_MISSING, texts.get("cli.invite.no-right", here.name()));
    }
    List<Target.Person> persons = withGifts(workplace, here, people);
    guard(workplace.session().connection(), here, persons.size());
    String sentence =
        texts.get(
            codes.isPresent() ? "cli.invite.will-codes" : "cli.invite.will-mail",
            persons.size(),
            path(workplace, here),
            workplace.session().connection().name());
    if (dryRun) {
      persons.forEach(person ->
          out.result(
              person.username().qualified(),
              java.util.Map.of("username", person.username().qualified())));
      out.note(sentence + " " + texts.get("cli.invite.dry-run"));
      return Exit.NOTHING_DONE;
    }
    out.note(sentence);
    Run run = workplace.runs().invite(here.id(), persons, codes.isEmpty(), ticket);
    Exit exit = new RunReport(workplace, out, keep).of(run, names(workplace, here));
    if (codes.isPresent()) {
      writeCodes(workplace, run, codes.get());
    }
    return exit;
  }

  private List<Username> people() throws Stop {
    StringBuilder text = new StringBuilder(String.join("\n", names));
    if (from.isPresent()) {
      text.append('\n').append(textIn(from.get()));
    }
    PastedPeople found = PastedPeople.find(text.toString());
    List<String> spaced =
        found.people().stream()
            .filter(PastedPeople.Found::spaced)
            .map(PastedPeople.Found::text)
            .toList();
    if (!spaced.isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.invite.spaced", String.join("; ", spaced)));
    }
    if (found.people().isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.invite.nobody"));
    }
    return found.people().stream().map(PastedPeople.Found::username).toList();
  }

  private void guard(Connection connection, Organization here, int people) throws Stop {
    boolean asks = connection.kind() == Connection.Kind.PRODUCTION && people > MOST_UNASKED;
    if (!dryRun && asks && yesPeople.filter(n -> n == people).isEmpty()) {
      throw new Stop(
          Exit.NOTHING_DONE, texts.get("cli.invite.guard", people, here.name(), connection.name()));
    }
    if (!dryRun && connection.settings().readOnly()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.read-only", connection.name()));
    }
  }

  private List<Target.Person> withGifts(
      Workplace workplace, Organization here, List<Username> people) throws Stop {
    List<Group> givenGroups = List.of();
    List<Role> givenRoles = List.of();
    if (!groups.isEmpty() || !roles.isEmpty()) {
      Optional<Problem> unread = workplace.assignments().refresh(here.id());
      if (unread.isPresent()) {
        throw Stop.of(unread.get(), texts);
      }
      Assignments.Choice choice = workplace.assignments().of(here.id());
      givenGroups = named(groups, choice.groups(), Group::name, "cli.invite.unknown-group", here);
      givenRoles = named(roles, choice.roles(), Role::displayName, "cli.invite.unknown-role", here);
    }
    List<Target.Person> persons = new ArrayList<>();
    for (Username username : people) {
      persons.add(new Target.Person(username, givenRoles, givenGroups));
    }
    return persons;
  }

  private <T> List<T> named(
      List<String> wanted, List<T> known, Function<T, String> name, String key, Organization here)
      throws Stop {
    List<T> chosen = new ArrayList<>();
    for (String one : wanted) {
      List<T> fitting = known.stream().filter(it -> name.apply(it).equalsIgnoreCase(one)).toList();
      if (fitting.size() != 1) {
        String all = known.stream().map(name).collect(Collectors.joining(", "));
        throw new Stop(
            Exit.NOTHING_DONE,
            key.equals("cli.invite.unknown-group")
                ? texts.get("cli.invite.unknown-group", one, fitting.size(), here.name(), all)
                : texts.get("cli.invite.unknown-role", one, fitting.size(), here.name(), all));
      }
      chosen.add(fitting.getFirst());
    }
    return chosen;
  }

  private void writeCodes(Workplace workplace, Run run, Path file) throws Stop {
    List<String> lines = new ArrayList<>();
    for (RunRow row : workplace.runs().rows(run.number())) {
      if (row.state() == RowState.INVITED) {
        workplace
            .runs()
            .code(row.id())
            .ifPresent(code -> lines.add(row.target().name() + "\t" + code.reveal()));
      }
    }
    CodesFile.write(file, lines, texts);
    out.note(texts.get("cli.invite.codes-written", lines.size(), file));
  }

  static RowText.Names names(Workplace workplace, Organization here) {
    String parent = here.parent().map(id -> workplace.organizations().name(id)).orElse("");
    return new RowText.Names(here.name(), parent);
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.Session;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// A command that speaks to a server as somebody.
abstract class ServerCommand extends DeskCommand {
  /// More hits of one name than this are not told apart by looking at them.
  private static final int MOST_HITS = 50;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Name or id of the connection; not needed when there is only one.")
  private Optional<String> connection = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Use the access token in this file instead of the kept sign-in.")
  private Optional<Path> tokenFile = Optional.empty();

  ServerCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  /// Whether runs may leave while this command works.
  boolean sends() {
    return false;
  }

  @Override
  final Exit act(Desk desk) throws Stop {
    Connection chosen = connection(desk, connection);
    Connection used = tokenFile.isPresent() ? withToken(chosen) : chosen;
    return act(desk.open(used, sends()));
  }

  private static Connection withToken(Connection chosen) {
    return new Connection(
        chosen.id(),
        chosen.name(),
        chosen.kind(),
        chosen.server(),
        chosen.rootOrganization(),
        chosen.clientId(),
        Connection.SignInWay.PASTED_TOKEN,
        chosen.requestsAtOnce(),
        chosen.lifetime(),
        chosen.settings());
  }

  abstract Exit act(Workplace workplace) throws Stop;

  /// Signs in without a person: with the token of the file, as the technical account, or with what
  /// `login` kept.
  final void signIn(Workplace workplace) throws Stop {
    Session session = workplace.session();
    try {
      if (tokenFile.isPresent()) {
        session.signInWithToken(secretIn(tokenFile.get()));
      } else if (session.connection().signIn() == Connection.SignInWay.TECHNICAL_ACCOUNT) {
        session.signInAsTechnicalAccount();
      } else if (!session.resume()) {
        throw new Stop(
            Exit.NOT_SIGNED_IN, texts.get("cli.not-signed-in", session.connection().name()));
      }
    } catch (ProblemException e) {
      throw Stop.of(e.problem(), texts);
    }
  }

  /// Signs in where the server can be reached; says why not otherwise.
  ///
  /// @return false when only what this computer keeps can be shown
  final boolean signInOrSay(Workplace workplace) throws Stop {
    try {
      signIn(workplace);
      return true;
    } catch (Stop stop) {
      if (!workplace.session().link().offline()) {
        throw stop;
      }
      out.note(String.valueOf(stop.getMessage()));
      return false;
    }
  }

  /// Makes the named organization the current one. Never guesses: one must fit exactly.
  final Organization enter(Workplace workplace, Optional<String> named) throws Stop {
    Organization organization = organization(workplace, named);
    try {
      workplace.organizations().switchTo(organization.id());
    } catch (ProblemException e) {
      throw new Stop(
          Exit.of(e.problem()),
          ProblemText.of(e.problem(), Optional.of(organization.name()), texts).line());
    }
    return organization;
  }

  private Organization organization(Workplace workplace, Optional<String> named) throws Stop {
    Optional<String> wanted = named.or(() -> workplace.session().connection().settings().startIn());
    if (wanted.isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.which-organization"));
    }
    List<Organization> fitting = fitting(workplace.organizations(), wanted.get());
    if (fitting.isEmpty() && workplace.session().account().isPresent()) {
      Optional<Problem> unread = workplace.organizations().readIndex();
      if (unread.isPresent()) {
        throw Stop.of(unread.get(), texts);
      }
      fitting = fitting(workplace.organizations(), wanted.get());
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    if (fitting.isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.unknown-organization", wanted.get()));
    }
    throw new Stop(
        Exit.NOTHING_DONE,
        texts.get(
            "cli.several-organizations",
            wanted.get(),
            fitting.size(),
            fitting.stream()
                .map(one -> "  " + one.id() + "  " + path(workplace, one))
                .collect(Collectors.joining("\n"))));
  }

  private static List<Organization> fitting(Organizations organizations, String wanted) {
    Optional<Organization> byId = organizations.find(new OrganizationId(wanted));
    if (byId.isPresent()) {
      return List.of(byId.get());
    }
    return organizations.search(wanted, MOST_HITS).stream()
        .map(Organizations.Found::organization)
        .filter(one ->
            one.name().equalsIgnoreCase(wanted)
                || one.handle().filter(wanted::equalsIgnoreCase).isPresent())
        .toList();
  }

  /// From the top to this organization: `Acme / Partners / Northwind`.
  static String path(Workplace workplace, Organization organization) {
    return workplace.organizations().path(organization.id()).stream()
        .map(Organization::name)
        .collect(Collectors.joining(" / "));
  }
}

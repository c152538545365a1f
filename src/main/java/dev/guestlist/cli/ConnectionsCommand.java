package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.service.Connections;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The connections of this computer.
@Command(
    name = "connections",
    mixinStandardHelpOptions = true,
    description = "List the connections of this computer; add, export, test or remove some.")
final class ConnectionsCommand extends DeskCommand {
  private final Desk.Opener opener;

  ConnectionsCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
    this.opener = opener;
  }

  /// This command with what can be done to connections.
  picocli.CommandLine line() {
    return new picocli.CommandLine(this)
        .addSubcommand(new Add(opener, texts))
        .addSubcommand(new Export(opener, texts))
        .addSubcommand(new TestCommand(opener, texts))
        .addSubcommand(new Remove(opener, texts));
  }

  @Override
  Exit act(Desk desk) {
    List<Connection> all = desk.connections().all();
    all.forEach(connection -> print(out, connection));
    if (all.isEmpty()) {
      out.note(texts.get("cli.no-connections"));
    }
    return Exit.ALL_DONE;
  }

  private static void print(Printing out, Connection connection) {
    String kind = KindText.of(connection.kind(), out.texts()).word();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", connection.id());
    facts.put("name", connection.name());
    facts.put("kind", connection.kind());
    facts.put("server", connection.server());
    facts.put("rootOrganization", connection.rootOrganization());
    facts.put("startIn", connection.settings().startIn());
    facts.put("clientId", connection.clientId());
    facts.put("signIn", connection.signIn());
    out.result(
        String.join(
            "\t",
            connection.name(),
            kind,
            connection.server() + "/t/" + connection.rootOrganization(),
            connection.signIn().toString().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')),
        facts);
  }

  /// Adds connections from a file.
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Add the connections of a file, as export writes it. It holds no secrets.")
  static final class Add extends DeskCommand {
    @Parameters(paramLabel = "FILE", description = "The file, or - for the input.")
    private Path file = Path.of("-");

    Add(Desk.Opener opener, Texts texts) {
      super(opener, texts);
    }

    @Override
    Exit act(Desk desk) throws Stop {
      Connections.Import read = desk.connections().imported(textIn(file));
      for (Connection connection : read.read()) {
        desk.connections().save(connection);
        print(out, connection);
      }
      read.complaints().forEach(out::note);
      if (read.complaints().isEmpty() && !read.read().isEmpty()) {
        return Exit.ALL_DONE;
      }
      return read.read().isEmpty() ? Exit.NOTHING_DONE : Exit.SOME_REFUSED;
    }
  }

  /// Writes connections out.
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Print connections as a file for add; without names all. No secrets.")
  static final class Export extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names or ids.")
    private List<String> names = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    Export(Desk.Opener opener, Texts texts) {
      super(opener, texts);
    }

    @Override
    Exit act(Desk desk) throws Stop {
      List<ConnectionId> ids = new java.util.ArrayList<>();
      for (String name : names) {
        ids.add(connection(desk, Optional.of(name)).id());
      }
      if (names.isEmpty()) {
        desk.connections().all().forEach(connection -> ids.add(connection.id()));
      }
      spec.commandLine().getOut().println(desk.connections().exported(ids));
      spec.commandLine().getOut().flush();
      return Exit.ALL_DONE;
    }
  }

  /// Removes a connection.
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Remove a connection and what this computer keeps of it.")
  static final class Remove extends DeskCommand {
    @Parameters(paramLabel = "NAME", description = "Name or id.")
    private String name = "";

    @picocli.CommandLine.Option(
        names = "--yes",
        description = "Do it. Without this the command only says what would go.")
    private boolean yes;

    Remove(Desk.Opener opener, Texts texts) {
      super(opener, texts);
    }

    @Override
    Exit act(Desk desk) throws Stop {
      Connection gone = connection(desk, Optional.of(name));
      Connections.LeftBehind goes = desk.connections().whatGoes(gone.id());
      out.note(
          texts.get(
              "cli.connections.goes",
              gone.name(),
              goes.organizations(),
              goes.invitations(),
              goes.runs(),
              goes.waitingRows(),
              goes.codesNotHandedOver()));
      if (!yes) {
        out.note(texts.get("cli.connections.not-removed"));
        return Exit.NOTHING_DONE;
      }
      desk.connections().remove(gone.id());
      return Exit.ALL_DONE;
    }
  }
}

package dev.guestlist.cli;

import dev.guestlist.ui.kit.Texts;
import picocli.CommandLine;

/// All commands of this folder.
public final class Commands {
  private Commands() {}

  /// Makes them known to the program's own command.
  public static void addTo(CommandLine program, Desk.Opener opener, Texts texts) {
    program
        .addSubcommand(new ConnectionsCommand(opener, texts).line())
        .addSubcommand(new LoginCommand(opener, texts))
        .addSubcommand(new LogoutCommand(opener, texts))
        .addSubcommand(new OrgsCommand(opener, texts))
        .addSubcommand(new ListCommand(opener, texts))
        .addSubcommand(new InviteCommand(opener, texts))
        .addSubcommand(new CheckCommand(opener, texts))
        .addSubcommand(new AcceptCommand(opener, texts))
        .addSubcommand(new MembersCommand(opener, texts));
  }
}

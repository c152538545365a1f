package dev.guestlist.app;

import dev.guestlist.cli.Commands;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts Guestlist: the window, or one of the commands that work without a display.
@Command(
    name = "guestlist",
    mixinStandardHelpOptions = true,
    version = "Guestlist 0.1",
    description = "Invite people into child organizations, follow up, and accept codes for them.",
    subcommands = {PracticeCommand.class})
public final class Launcher implements Callable<Integer> {
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep all files in this folder. Otherwise GUESTLIST_HOME or the system's place.")
  private Optional<Path> data = Optional.empty();

  /// Ends with 0 when all went well, 1 when something could not be done, 2 for unknown arguments.
  public static void main(String[] arguments) {
    // before anything asks for a proxy: Java reads it once
    System.setProperty("java.net.useSystemProxies", "true");
    String[] all =
        arguments.length > 0 ? arguments : split(System.getProperty("guestlist.args", ""));
    System.exit(commandLine().execute(all));
  }

  /// The whole program as one command with its subcommands.
  public static CommandLine commandLine() {
    Launcher launcher = new Launcher();
    CommandLine line = new CommandLine(launcher);
    Commands.addTo(
        line, () -> DeskOnDisk.open(launcher.folder(), InstantSource.system()), Texts.english());
    return line;
  }

  @Override
  public Integer call() {
    return GuestlistApp.open(folder());
  }

  /// The data folder, where the log goes as well: chosen before anything logs.
  private Path folder() {
    Path folder =
        DataFolder.choose(data, System.getenv(), System.getProperty("os.name", "unknown"));
    System.setProperty("guestlist.log", folder.resolve("logs/guestlist.log").toString());
    return folder;
  }

  /// Takes one line of arguments apart; quotes keep blanks.
  static String[] split(String line) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(line);
    while (matcher.find()) {
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          parts.add(matcher.group(group));
        }
      }
    }
    return parts.toArray(String[]::new);
  }
}

package dev.guestlist.app;

import dev.guestlist.practice.PracticeServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the practice server alone, until it is stopped. Needs no display.
@Command(
    name = "practice",
    mixinStandardHelpOptions = true,
    description =
        "Start the practice server on 127.0.0.1 and print one line of JSON when it is up.")
final class PracticeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--port", paramLabel = "N", description = "The port; a free one by default.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the server keeps its own data. Otherwise beside Guestlist's.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--invitations",
      paramLabel = "N",
      description = "Seed so many invitations into Northwind.")
  private Optional<Integer> invitations = Optional.empty();

  @Option(names = "--organizations", paramLabel = "N", description = "Seed so many organizations.")
  private Optional<Integer> organizations = Optional.empty();

  @Option(
      names = "--tls",
      description = "Serve https with a self-signed certificate, made at the first start.")
  private boolean tls;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The server's own zone, UTC by default; another one shows how ends slip.")
  private Optional<String> zone = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = data.orElseGet(() -> PracticeInside.folder(dataFolder()));
    System.setProperty("guestlist.log", folder.resolve("logs/practice.log").toString());
    PracticeServer.Options usual = PracticeServer.Options.in(folder);
    PracticeServer.Options options =
        new PracticeServer.Options(
            folder,
            port,
            zone.map(this::zone).orElse(usual.timeZone()),
            invitations.orElse(usual.invitations()),
            organizations.orElse(usual.organizations()),
            tls);
    try (PracticeServer server = PracticeServer.start(options)) {
      System.out.println(server.startLineJson());
      System.out.flush();
      CountDownLatch forever = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      forever.await();
    } catch (IOException e) {
      System.err.println(
          "The practice server cannot start on port "
              + port
              + " with its data in "
              + folder
              + ": "
              + e.getMessage());
      return 1;
    }
    return 0;
  }

  private static Path dataFolder() {
    return DataFolder.choose(
        Optional.empty(), System.getenv(), System.getProperty("os.name", "unknown"));
  }

  private ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "There is no time zone '" + name + "'. Example: Asia/Kolkata.", e);
    }
  }
}

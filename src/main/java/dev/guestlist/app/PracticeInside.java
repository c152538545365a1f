package dev.guestlist.app;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Session;
import dev.guestlist.ui.kit.Practice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The practice server inside this program, with its own folder and its own data.
final class PracticeInside implements Practice, AutoCloseable {
  private static final ConnectionId CONNECTION = new ConnectionId("practice");
  private static final Duration LIFETIME = Duration.ofDays(3);

  private final Path folder;
  private @Nullable PracticeServer server;

  PracticeInside(Path dataFolder) {
    this.folder = folder(dataFolder);
  }

  static Path folder(Path dataFolder) {
    return dataFolder.resolve("practice");
  }

  @Override
  public synchronized Connection start() {
    PracticeServer running = server;
    if (running == null) {
      try {
        running = PracticeServer.start(PracticeServer.Options.in(folder));
      } catch (IOException e) {
        throw new UncheckedIOException("The practice server cannot start in " + folder + ".", e);
      }
      server = running;
    }
    return new Connection(
        CONNECTION,
        "Practice",
        Connection.Kind.PRACTICE,
        running.baseUrl(),
        running.startLine().rootOrganization(),
        running.startLine().publicClientId(),
        Connection.SignInWay.BROWSER,
        2,
        LIFETIME);
  }

  @Override
  public synchronized boolean running() {
    return server != null;
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public synchronized List<Account> accounts() {
    return server == null
        ? List.of()
        : server.startLine().accounts().stream()
            .map(account -> new Account(account.username(), String.join(", ", account.rights())))
            .toList();
  }

  @Override
  public void signIn(Session session, String username) throws ProblemException {
    session.signIn(new PracticeBrowser(username, password(username)));
  }

  private synchronized String password(String username) {
    if (server == null) {
      return "";
    }
    return server.startLine().accounts().stream()
        .filter(account -> account.username().equals(username))
        .map(StartLine.Account::password)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    stop();
  }
}

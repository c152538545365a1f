package dev.guestlist.testing;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Session;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.Remembered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the window is given by the program, over a [PracticeWorld]: its server can be started and
/// stopped, its workplace opened. What is remembered lives in memory.
public final class TestProgram implements Practice, Places, Remembered {
  private final PracticeWorld world;
  private final Map<String, String> remembered = new ConcurrentHashMap<>();
  private boolean running = true;

  public TestProgram(PracticeWorld world) {
    this.world = world;
  }

  @Override
  public synchronized Connection start() {
    if (!running) {
      try {
        world.startServer();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      running = true;
    }
    return world.connection();
  }

  @Override
  public synchronized boolean running() {
    return running;
  }

  @Override
  public synchronized void stop() {
    world.stopServer();
    running = false;
  }

  @Override
  public List<Account> accounts() {
    return List.of(
        new Account("pat", "all rights"),
        new Account("ina", "invite, list"),
        new Account("lis", "list"),
        new Account("nul", ""));
  }

  @Override
  public void signIn(Session session, String username) throws ProblemException {
    PracticeSignIn.signIn(session, username, "practice-" + username);
  }

  @Override
  public List<Connection> connections() {
    return List.of(world.connection());
  }

  @Override
  public Workplace open(Connection connection) {
    return world.workplace();
  }

  @Override
  public void closeCurrent() {
    world.restartProgram();
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(remembered.get(key));
  }

  @Override
  public void put(String key, String value) {
    remembered.put(key, value);
  }
}

package dev.guestlist.practice;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A little identity server on the loopback address, with a world of its own to practise in. What
/// happens in it is kept in its folder and is there again after the next start.
public final class PracticeServer implements AutoCloseable {
  private static final List<String> WORLD =
      List.of(
          "organization",
          "person",
          "team",
          "team_member",
          "role",
          "role_member",
          "invitation",
          "mail",
          "token",
          "authorization_code",
          "device_code",
          "denied",
          "request",
          "effect");

  /// How to start: the folder of its data, the port (0: the one kept from the last start, or a free
  /// one), the time zone that the server believes to be in, how much an empty folder is filled
  /// with, and whether it speaks https with a self-signed certificate of its own. The two numbers
  /// matter on the first start only, and after a reset.
  public record Options(
      Path folder, int port, ZoneId timeZone, int invitations, int organizations, boolean tls) {
    /// Without a certificate.
    public Options(Path folder, int port, ZoneId timeZone, int invitations, int organizations) {
      this(folder, port, timeZone, invitations, organizations, false);
    }

    /// The usual world: 300 invitations and 40 organizations, in UTC.
    public static Options in(Path folder) {
      return new Options(folder, 0, ZoneOffset.UTC, Seed.INVITATIONS, Seed.ORGANIZATIONS);
    }

    /// The same with a certificate.
    public Options withTls() {
      return new Options(folder, port, timeZone, invitations, organizations, true);
    }
  }

  private final Database database;
  private final PracticeClock clock;
  private final PracticeControl control;
  private final StartLines startLines;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Listener listener;
  private final FrontDoor frontDoor;

  private PracticeServer(Options options, Database database) throws IOException {
    this.database = database;
    this.clock = new PracticeClock(database, InstantSource.system());
    if (!database.exists("select 1 from organization limit 1")) {
      plant(options);
    }
    this.listener =
        new Listener(
            database, options.folder(), InstantSource.system(), options.port(), options.tls());

    Directory directory = new Directory(database);
    Journal journal = new Journal(database, clock);
    journal.trim();
    Scenarios scenarios = new Scenarios();
    PracticeTraits traits = new PracticeTraits();
    Tokens tokens = new Tokens(database, directory, clock, traits);
    DeviceCodes devices = new DeviceCodes(database, clock, traits);
    SigningKey signingKey = new SigningKey(database);
    String rootHandle = directory.root().handle();
    PublishedAddress address = new PublishedAddress(this::baseUrl, traits, rootHandle);
    IdTokens idTokens = new IdTokens(directory, signingKey, clock, address);
    SignInCodes codes = new SignInCodes(database, tokens, clock);
    Invitations invitations =
        new Invitations(database, directory, journal, clock, options.timeZone());
    Inbox inbox = new Inbox(database, this::baseUrl);
    this.startLines = new StartLines(database, directory);
    this.control =
        new PracticeControl(
            database,
            directory,
            invitations,
            tokens,
            scenarios,
            traits,
            journal,
            clock,
            inbox,
            startLines,
            () -> replant(options),
            listener);
    Routes routes =
        new Routes(
            new SignInPage(directory, codes),
            new TokenEndpoint(directory, tokens, codes, devices, idTokens, traits),
            new Discovery(address, signingKey),
            new DevicePage(directory, devices, traits, address),
            new SessionEndpoints(tokens, idTokens),
            new InviteEndpoint(database, directory, invitations, scenarios, traits),
            new GuestEndpoints(database, invitations, scenarios, clock),
            new MailLink(invitations),
            new OrganizationEndpoints(database, directory, traits),
            new GroupEndpoints(database),
            new RoleEndpoints(database),
            new UserEndpoints(database, directory),
            new UserStoreEndpoints(directory),
            inbox,
            new ScenarioEndpoints(control),
            new TraitEndpoints(control));
    this.frontDoor =
        new FrontDoor(
            routes.table(),
            rootHandle,
            directory,
            tokens,
            scenarios,
            new RateLimit(traits, clock),
            journal,
            clock);
  }

  /// Starts the server and returns when it answers.
  ///
  /// Throws when the folder cannot be used or the wanted port is taken. A kept port that is taken
  /// meanwhile is replaced by a free one.
  public static PracticeServer start(Options options) throws IOException {
    // Read once by the JDK's server; without it small answers wait for the other side's
    // acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    Database database = Database.open(options.folder());
    try {
      PracticeServer server = new PracticeServer(options, database);
      server.listener.start(server.frontDoor);
      return server;
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void plant(Options options) {
    Seed.plant(database, clock.instant(), options.invitations(), options.organizations());
  }

  private void replant(Options options) {
    database.inTransaction(() -> {
      WORLD.forEach(table -> database.update("delete from " + table));
      clock.resetToReal();
      plant(options);
      return true;
    });
  }

  /// `http://127.0.0.1:PORT`, or `https` with a certificate.
  public URI baseUrl() {
    return listener.baseUrl();
  }

  /// Everything one needs to use this server, worked out now.
  public StartLine startLine() {
    return startLines.at(baseUrl(), listener.fingerprint());
  }

  /// The start line as one line of JSON.
  public String startLineJson() {
    return Json.text(startLine());
  }

  /// The switches, for tests and for the panel in the window.
  public PracticeControl control() {
    return control;
  }

  /// Stops listening at once and ends open connections. Everything that was done is kept, and the
  /// practice clock stands still until the next start. Closing twice is closing once.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    listener.close();
    clock.keep();
    database.close();
  }
}

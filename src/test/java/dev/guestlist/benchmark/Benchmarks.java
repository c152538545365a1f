package dev.guestlist.benchmark;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.ui.invitations.InvitationRow;
import dev.guestlist.ui.invitations.RowChip;
import dev.guestlist.ui.invitations.RowFilter;
import dev.guestlist.ui.kit.Texts;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javafx.application.Platform;

/// What Guestlist costs over what cannot be avoided: each line compares two things in one run, in
/// turn, and prints medians and their ratio. `mvn -q test-compile exec:exec@benchmark`
///
/// With the argument `lists` or `codes` only that part. Ends with 1 when something failed, or the
/// screen stood still for longer than [#LONGEST_STOP].
public final class Benchmarks {
  /// For how many milliseconds the screen may stand still: from about a quarter of a second on,
  /// somebody who types sees it.
  private static final double LONGEST_STOP = 250;

  private static final int ROWS = 100_000;
  private static final int ROUNDS = 5;
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

  private Benchmarks() {}

  public static void main(String[] arguments) {
    List<String> parts = arguments.length == 0 ? List.of("lists", "codes") : List.of(arguments);
    try (HttpClient client = HttpClient.newHttpClient()) {
      Path folder = Files.createTempDirectory("guestlist-benchmark");
      if (parts.contains("lists")) {
        lists(folder, client);
      }
      double longestStop = parts.contains("codes") ? manyCodes(folder, client) : 0;
      if (longestStop > LONGEST_STOP) {
        System.err.printf("The screen stood still for more than %.0f ms.%n", LONGEST_STOP);
        System.exit(1);
      }
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void lists(Path folder, HttpClient client) throws Exception {
    PracticeServer.Options usual = PracticeServer.Options.in(folder.resolve("practice"));
    PracticeServer.Options large =
        new PracticeServer.Options(
            usual.folder(), 0, usual.timeZone(), ROWS, usual.organizations());
    InstantSource clock = InstantSource.system();
    try (PracticeServer server = PracticeServer.start(large);
        LocalStore store =
            LocalStore.open(folder.resolve("data"), KeyFile.in(folder.resolve("data")), clock);
        Workplace workplace = Workplace.open(connection(server), store, new Changes(), clock)) {
      PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
      OrganizationId northwind = place(server, "Northwind");
      workplace.organizations().switchTo(northwind);
      String token = token(client, server, northwind);
      System.out.printf(
          "%-52s %12s %12s %8s%n", "median of " + ROUNDS, "Guestlist", "bare", "ratio");
      compare(
          "read " + ROWS + " invitations into the store / download and insert",
          () -> workplace.invitations().refresh(northwind),
          () -> bareReading(client, server, token, folder));
      compare(
          "open a cached organization of " + ROWS + " / select its rows",
          () -> workplace.invitations().list(northwind).entries().size(),
          () -> bareSelect(folder));
      List<InvitationRow> rows =
          InvitationRow.all(
              workplace.invitations().list(northwind).entries(), clock.instant(), Texts.english());
      List<String> texts = rows.stream().map(InvitationRow::search).toList();
      compare(
          "filter keystroke over " + ROWS + " rows / contains on each",
          () -> RowFilter.of(RowChip.ALL, "an sal").apply(rows).size(),
          () -> texts.stream().filter(text -> text.contains("an")).count());
      OrganizationId contoso = place(server, "Contoso");
      workplace.organizations().switchTo(contoso);
      workplace.invitations().refresh(contoso);
      System.out.printf(
          "%-52s %9.1f ms%n",
          "open a cached organization of usual size",
          median(() -> workplace.invitations().list(contoso).entries().size()));
    }
  }

  /// At a server of usual size: there are more people who can be invited.
  ///
  /// @return for how many milliseconds the screen stood still at most
  private static double manyCodes(Path folder, HttpClient client) throws Exception {
    Path data = folder.resolve("data-of-codes");
    InstantSource clock = InstantSource.system();
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    Platform.startup(() -> {});
    try (PracticeServer server =
            PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice-of-codes")));
        LocalStore store = LocalStore.open(data, KeyFile.in(data), clock);
        Workplace workplace = Workplace.open(connection(server), store, new Changes(), clock)) {
      PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
      return new ManyCodes(server, workplace, client)
          .measure("Contoso", "Litware", token(client, server, place(server, "Litware")));
    } finally {
      Platform.exit();
    }
  }

  private static void compare(String what, Callable<?> ours, Callable<?> bare) throws Exception {
    ours.call();
    bare.call();
    double[] our = new double[ROUNDS];
    double[] other = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      our[i] = time(ours);
      other[i] = time(bare);
    }
    Arrays.sort(our);
    Arrays.sort(other);
    double a = our[ROUNDS / 2];
    double b = other[ROUNDS / 2];
    System.out.printf("%-52s %9.1f ms %9.1f ms %8.2f%n", what, a, b, a / b);
  }

  private static double median(Callable<?> work) throws Exception {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      times[i] = time(work);
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static double time(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  /// The download to nowhere, and one prepared statement in a loop: what nobody can save.
  private static long bareReading(
      HttpClient client, PracticeServer server, String token, Path folder) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    server.baseUrl()
                        + "/t/"
                        + server.startLine().rootOrganization()
                        + "/o/api/server/v1/guests/invitations"))
            .header("Authorization", "Bearer " + token)
            .build();
    CRC32 nowhere = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream body =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        nowhere.update(buffer, 0, read);
      }
    }
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"))) {
      try (var statement = database.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("DROP TABLE IF EXISTS bare");
        statement.execute(
            "CREATE TABLE bare (id TEXT PRIMARY KEY, username TEXT, email TEXT, gifts TEXT,"
                + " pending INTEGER, ends INTEGER)");
      }
      database.setAutoCommit(false);
      try (var insert = database.prepareStatement("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setString(1, "00000000-0000-0000-0000-" + (100_000_000_000L + i));
          insert.setString(2, "somebody." + i);
          insert.setString(3, "somebody." + i + "@partners.example");
          insert.setString(4, "{\"groups\":[{\"id\":\"g\",\"name\":\"sales\"}],\"roles\":[]}");
          insert.setInt(5, 1);
          insert.setLong(6, i);
          insert.executeUpdate();
        }
      }
      database.commit();
    }
    return nowhere.getValue();
  }

  private static int bareSelect(Path folder) throws Exception {
    List<String> names = new ArrayList<>();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
        var statement = database.createStatement();
        var rows = statement.executeQuery("SELECT * FROM bare ORDER BY username")) {
      while (rows.next()) {
        names.add(rows.getString(1) + rows.getString(2) + rows.getString(3) + rows.getString(4));
      }
    }
    return names.size();
  }

  private static Connection connection(PracticeServer server) {
    return new Connection(
        new ConnectionId("benchmark"),
        "Practice",
        Connection.Kind.PRACTICE,
        server.baseUrl(),
        server.startLine().rootOrganization(),
        server.startLine().publicClientId(),
        Connection.SignInWay.BROWSER,
        2,
        Duration.ofDays(3));
  }

  private static OrganizationId place(PracticeServer server, String name) {
    return server.startLine().organizations().stream()
        .filter(place -> place.name().equals(name))
        .map(StartLine.Place::id)
        .map(OrganizationId::new)
        .findFirst()
        .orElseThrow();
  }

  private static String token(HttpClient client, PracticeServer server, OrganizationId child)
      throws Exception {
    String root = ask(client, server, "grant_type=client_credentials&scope=SYSTEM");
    return ask(
        client,
        server,
        "grant_type=organization_switch&scope=SYSTEM&token="
            + root
            + "&switching_organization="
            + child);
  }

  private static String ask(HttpClient client, PracticeServer server, String form)
      throws Exception {
    StartLine line = server.startLine();
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (line.technicalClientId() + ":" + line.technicalClientSecret())
                    .getBytes(StandardCharsets.UTF_8));
    String body =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            server.baseUrl() + "/t/" + line.rootOrganization() + "/oauth2/token"))
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher token = TOKEN.matcher(body);
    if (!token.find()) {
      throw new IllegalStateException("No token: " + body);
    }
    return token.group(1);
  }
}

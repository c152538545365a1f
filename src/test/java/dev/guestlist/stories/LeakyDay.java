package dev.guestlist.stories;

import static dev.guestlist.testing.PracticeWorld.until;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.KeyPlace;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Ticket;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Changes;
import dev.guestlist.service.CodeDesk;
import dev.guestlist.service.Connections;
import dev.guestlist.service.Runs;
import dev.guestlist.service.SessionState;
import dev.guestlist.service.VaultKey;
import dev.guestlist.service.Workplace;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.WireTap;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A day in which somebody signs in in every way and much goes wrong. Everything that the program
/// wrote, threw and printed is kept, and so is every secret that went over the wire.
final class LeakyDay implements AutoCloseable {
  private static final String PASSPHRASE = "a long and silly passphrase, 7 words";

  private final Path folder;
  private final PracticeServer server;
  private final StartLine line;
  private final WireTap tap;
  private final WrittenByTheProgram written;
  private final PracticeWorld.MovableClock clock = new PracticeWorld.MovableClock();
  private final StringBuilder surfaced = new StringBuilder();
  private final List<Problem> problems = new ArrayList<>();
  private final List<ConfirmationCode> opened = new ArrayList<>();
  private LocalStore store;
  private Workplace workplace;

  private interface Work {
    void run() throws ProblemException;
  }

  private LeakyDay(Path folder) throws IOException {
    this.folder = folder;
    this.server = PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice")));
    this.line = server.startLine();
    this.tap = new WireTap(server.baseUrl());
    this.written = new WrittenByTheProgram(folder.resolve("data/logs/guestlist.log"));
    Path data = folder.resolve("data");
    this.store = LocalStore.open(data, KeyFile.in(data), clock);
    this.workplace = Workplace.open(connection(SignInWay.BROWSER), store, new Changes(), clock);
  }

  static LeakyDay in(Path folder) throws IOException {
    return new LeakyDay(folder);
  }

  Map<String, Set<String>> secrets() {
    return tap.secrets();
  }

  List<Problem> problems() {
    return problems;
  }

  /// Texts of all problems and exceptions, with their stack traces.
  String surfaced() {
    return surfaced.toString();
  }

  String logged() {
    return written.logged();
  }

  String printed() {
    return written.printed();
  }

  /// The data folder as it was at several moments, each in a folder of its own.
  Path moments() {
    return folder.resolve("moments");
  }

  List<ConfirmationCode> openedAfterARestart() {
    return opened;
  }

  void pass() throws Exception {
    System.out.println("the day begins");
    browserDay();
    stayingSignedIn();
    deviceDay();
    technicalDay();
    pastedDay();
    keyMoves();
    workplace.close();
    store.close();
    moment("the end");
  }

  private void browserDay() throws Exception {
    fails(() -> wrongAnswers());
    tap.echo("/oauth2/token", 400, true);
    fails(() -> signIn());
    tap.echo("/oauth2/token", 500, true);
    fails(() -> signIn());
    tap.echo("/oauth2/token", 200, false);
    fails(() -> signIn());
    tap.echo("/oauth2/token", 200, true);
    fails(() -> signIn());
    tap.echo("/oauth2/token", 302, false);
    fails(() -> signIn());
    tap.drop("/oauth2/token");
    fails(() -> signIn());
    signIn();
    OrganizationId contoso = organization("Contoso");
    tap.echo("/oauth2/token", 400, true);
    fails(() -> workplace.session().switchTo(contoso));
    workplace.organizations().switchTo(contoso);
    work(contoso);
    moment("after work");
    workplace.session().signOut();
  }

  /// Somebody pastes what is not the answer, and gives up.
  private void wrongAnswers() throws ProblemException {
    tap.note("code", "a-code-that-nobody-gave-out");
    workplace
        .session()
        .signIn(address -> {
          surfaced.append(
              workplace
                  .session()
                  .paste(
                      "http://127.0.0.1:1/callback?code=a-code-that-nobody-gave-out&state=wrong"));
          surfaced.append(workplace.session().state());
          workplace.session().cancelSignIn();
        });
  }

  private void work(OrganizationId contoso) throws Exception {
    List<String> names =
        line.organizations().stream()
            .filter(place -> place.name().equals("Contoso"))
            .flatMap(place -> place.people().stream().limit(8))
            .toList();
    List<RunRow> rows = new ArrayList<>(settled(invite(contoso, names.subList(0, 3), false)));
    server.control().dropAfterWork("/guests/invite", 1);
    rows.addAll(settled(invite(contoso, names.subList(3, 4), false)));
    server.control().answerHtml("/guests/invite", 200, 1);
    rows.addAll(settled(invite(contoso, names.subList(4, 5), true)));
    server.control().crashInviteAfter(1);
    rows.addAll(settled(invite(contoso, names.subList(5, 7), true)));
    tap.echo("/guests/invite", 400, true);
    rows.addAll(settledOrHeld(invite(contoso, names.subList(7, 8), false)));
    server.control().mails().forEach(mail -> surfaced.append(mail.person()).append('\n'));
    List<ConfirmationCode> codes =
        rows.stream()
            .map(row -> workplace.runs().code(row.id()))
            .flatMap(Optional::stream)
            .toList();
    tap.echo("/guests/invitation/introspect", 400, true);
    look(codes.getFirst());
    server.control().beBusy("/guests/invitation/introspect", 429, 1, OptionalInt.of(1));
    look(codes.getFirst());
    look(codes.getFirst());
    look(ConfirmationCode.parse("0badc0de-1111-4222-8333-444455556666").orElseThrow());
    rows.addAll(settled(accept(codes.getFirst())));
    server.control().dropAfterWork("/guests/invitation/accept", 1);
    rows.addAll(settled(accept(codes.get(1))));
    rows.addAll(settled(accept(codes.getFirst())));
    tap.echo("/guests/invitation/accept", 400, true);
    rows.addAll(settledOrHeld(accept(codes.get(2))));
    rows.forEach(row -> surfaced.append(row).append('\n'));
    workplace.runs().all().forEach(run -> surfaced.append(run).append('\n'));
    tap.echo("/scim2/Users", 400, true);
    workplace.members().refresh(contoso).ifPresent(this::note);
    tap.echo("/scim2/v2/Roles", 500, true);
    workplace.assignments().refresh(contoso).ifPresent(this::note);
    server.control().takeRight("pat", contoso.value(), "internal_org_guest_mgt_invite_list");
    workplace.invitations().refresh(contoso).ifPresent(this::note);
    server.control().giveRight("pat", contoso.value(), "internal_org_guest_mgt_invite_list");
    store.copyOncePerDay(clock.instant());
  }

  private void stayingSignedIn() throws Exception {
    reopen(SignInWay.BROWSER);
    signIn();
    workplace.organizations().switchTo(organization("Contoso"));
    moment("staying signed in");
    reopen(SignInWay.BROWSER);
    for (Run run : workplace.runs().all()) {
      for (RunRow row : workplace.runs().rows(run.number())) {
        workplace.runs().code(row.id()).ifPresent(opened::add);
      }
    }
    workplace.session().resume();
    clock.move(Duration.ofHours(2));
    tap.echo("/oauth2/token", 500, true);
    workplace.organizations().readIndex().ifPresent(this::note);
    reopen(SignInWay.BROWSER);
    signIn();
    reopen(SignInWay.BROWSER);
    tap.echo("/oauth2/token", 400, true);
    fails(() -> workplace.session().resume());
    signIn();
    server.control().endSessions("pat");
    reopen(SignInWay.BROWSER);
    fails(() -> workplace.session().resume());
  }

  private void deviceDay() throws Exception {
    server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ofSeconds(1));
    reopen(SignInWay.DEVICE_CODE);
    tap.echo("/oauth2/device_authorize", 400, true);
    fails(() -> workplace.session().signInWithDeviceCode());
    CompletableFuture<Void> typed =
        CompletableFuture.runAsync(() -> {
          until(() -> userCode().isPresent());
          surfaced.append(workplace.session().state());
          try {
            post(
                "/t/acme/authenticationendpoint/device.do",
                Map.of(
                    "user_code",
                    userCode().orElseThrow(),
                    "username",
                    "pat",
                    "password",
                    "practice-pat"));
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    workplace.session().signInWithDeviceCode();
    typed.get();
    workplace.organizations().switchTo(organization("Contoso"));
    moment("device code");
    workplace.session().signOut();
  }

  private Optional<String> userCode() {
    return workplace.session().state() instanceof SessionState.SigningIn now
        ? now.code().map(code -> code.userCode())
        : Optional.empty();
  }

  private void technicalDay() throws Exception {
    reopen(SignInWay.TECHNICAL_ACCOUNT);
    ConnectionId id = workplace.session().connection().id();
    Connections connections = new Connections(store);
    connections.keepClientSecret(id, "wrong secret & with %signs/and=more");
    fails(() -> workplace.session().signInAsTechnicalAccount());
    tap.echo("/oauth2/token", 400, true);
    fails(() -> workplace.session().signInAsTechnicalAccount());
    tap.note("proxy password", "the proxy's own password");
    connections.keepProxyPassword(id, "the proxy's own password");
    connections.keepClientSecret(id, line.technicalClientSecret());
    workplace.session().signInAsTechnicalAccount();
    workplace.organizations().switchTo(organization("Contoso"));
    surfaced.append(connections.exported(List.of(id))).append(connections.all());
    moment("technical account");
    workplace.session().signOut();
  }

  private void pastedDay() throws Exception {
    String token = tokenFromElsewhere();
    tap.note("access_token", token);
    tap.note("access_token", "a-token-that-was-never-given-out");
    reopen(SignInWay.PASTED_TOKEN);
    fails(() -> workplace.session().signInWithToken("a-token-that-was-never-given-out"));
    tap.echo("/organizations/root", 500, true);
    fails(() -> workplace.session().signInWithToken(token));
    workplace.session().signInWithToken(token);
    workplace.session().switchTo(organization("Contoso"));
    tap.echo("/scim2/Users", 400, true);
    workplace.members().refresh(organization("Contoso")).ifPresent(this::note);
    moment("pasted token");
    server.control().endSessions("pat");
    workplace.members().refresh(organization("Contoso")).ifPresent(this::note);
    workplace.session().signOut();
  }

  /// The key of the vault moves from its file to a passphrase, with codes sealed.
  private void keyMoves() throws Exception {
    workplace.close();
    store.close();
    Path data = folder.resolve("data");
    tap.note("passphrase", PASSPHRASE);
    store = LocalStore.open(data, clock);
    VaultKey key = new VaultKey(store);
    key.moveTo(KeyPlace.PASSPHRASE, Optional.of(PASSPHRASE.toCharArray()));
    moment("passphrase");
    store.close();
    store = LocalStore.open(data, clock);
    key = new VaultKey(store);
    key.unlock(Optional.of("a wrong passphrase".toCharArray()));
    key.unlock(Optional.of(PASSPHRASE.toCharArray()));
    key.lock();
    connect(SignInWay.BROWSER);
  }

  private String tokenFromElsewhere() throws IOException, InterruptedException {
    server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ZERO);
    String scopes = "openid internal_login internal_organization_view";
    String codes =
        post(
            "/t/acme/oauth2/device_authorize",
            Map.of("client_id", line.publicClientId(), "scope", scopes));
    post(
        "/t/acme/authenticationendpoint/device.do",
        Map.of(
            "user_code", member(codes, "user_code"),
            "username", "pat",
            "password", "practice-pat"));
    String tokens =
        post(
            "/t/acme/oauth2/token",
            Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
                "device_code", member(codes, "device_code"),
                "client_id", line.publicClientId()));
    return member(tokens, "access_token");
  }

  private static String member(String json, String name) {
    return json.replaceFirst("(?s).*\"" + name + "\"\\s*:\\s*\"([^\"]+)\".*", "$1");
  }

  private String post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(tap.address() + path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private Run invite(OrganizationId organization, List<String> names, boolean mail) {
    List<Target.Person> people = names.stream().map(PracticeWorld::person).toList();
    return workplace.runs().invite(organization, people, mail, "");
  }

  private Run accept(ConfirmationCode code) {
    Runs.ToAccept one = new Runs.ToAccept(code, Optional.empty(), Optional.empty());
    return workplace.runs().accept(List.of(one), Ticket.NONE, Duration.ZERO);
  }

  private void look(ConfirmationCode code) {
    CodeDesk.Look look = workplace.codes().look(code);
    surfaced.append(look).append('\n');
    if (look instanceof CodeDesk.Look.NotChecked not) {
      note(not.why());
    }
  }

  private List<RunRow> settled(Run run) {
    until(() -> atRest(run));
    return workplace.runs().rows(run.number());
  }

  private List<RunRow> settledOrHeld(Run run) {
    until(() ->
        workplace.runs().find(run.number()).orElseThrow().phase() == Run.Phase.HELD || atRest(run));
    return workplace.runs().rows(run.number());
  }

  /// Whether every row has its outcome or waits for a person.
  private boolean atRest(Run run) {
    return workplace.runs().rows(run.number()).stream()
        .allMatch(row -> row.state().settled() || row.state() == RowState.NEEDS_DECISION);
  }

  private void signIn() throws ProblemException {
    PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
  }

  private void fails(Work work) {
    try {
      work.run();
    } catch (ProblemException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      surfaced.append(trace);
      note(e.problem());
      return;
    }
    throw new AssertionError("This was to fail.");
  }

  private void note(Problem problem) {
    problems.add(problem);
    surfaced.append(problem).append('\n');
    surfaced.append(ProblemText.of(problem, Optional.empty(), Texts.english())).append('\n');
    surfaced.append(workplace.session().state()).append(workplace.session().link()).append('\n');
  }

  private OrganizationId organization(String name) {
    return new OrganizationId(
        line.organizations().stream()
            .filter(place -> place.name().equals(name))
            .findFirst()
            .orElseThrow()
            .id());
  }

  private void reopen(SignInWay way) {
    workplace.close();
    store.close();
    open(way);
  }

  private void open(SignInWay way) {
    Path data = folder.resolve("data");
    store = LocalStore.open(data, KeyFile.in(data), clock);
    connect(way);
  }

  private void connect(SignInWay way) {
    Connection connection = connection(way);
    store.connections().put(connection);
    workplace = Workplace.open(connection, store, new Changes(), clock);
  }

  private Connection connection(SignInWay way) {
    Settings usual = Settings.USUAL;
    boolean technical = way == SignInWay.TECHNICAL_ACCOUNT;
    return new Connection(
            new ConnectionId("acme"),
            "Acme",
            Connection.Kind.TEST,
            tap.address(),
            line.rootOrganization(),
            technical ? line.technicalClientId() : line.publicClientId(),
            way,
            2,
            Duration.ofDays(3))
        .with(
            new Settings(
                usual.colour(),
                false,
                Optional.empty(),
                Optional.empty(),
                usual.trust(),
                usual.proxying(),
                Optional.empty(),
                false,
                true));
  }

  /// Keeps the data folder as it is now, while it is in use.
  private void moment(String name) throws IOException {
    Path from = folder.resolve("data");
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(from.resolve("native"))) {
          Path to = moments().resolve(name).resolve(from.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }

  @Override
  public void close() {
    written.close();
    tap.close();
    server.close();
  }
}

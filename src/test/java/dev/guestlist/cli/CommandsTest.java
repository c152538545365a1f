package dev.guestlist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.app.Launcher;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands against the practice server, as a script would call them: each one opens the data
/// folder anew.
@Execution(ExecutionMode.CONCURRENT)
class CommandsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private PracticeServer server;
  private StartLine line;

  /// What a command printed, and how it ended.
  private record Ended(int code, String out, String err) {
    List<JsonNode> objects() {
      return out.lines().map(JSON::readTree).toList();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice")));
    line = server.startLine();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(arguments));
    CommandLine program = Launcher.commandLine();
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    int code = program.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private void addTechnicalConnection() throws IOException {
    Path connections =
        file(
            "connections.json",
            """
            {"guestlistConnections": 1, "connections": [{
              "name": "Practice alone", "server": "%s", "rootOrganization": "%s",
              "clientId": "%s", "signIn": "technical-account", "startIn": "Northwind"}]}
            """
                .formatted(line.baseUrl(), line.rootOrganization(), line.technicalClientId()));
    Ended added = run("connections", "add", connections.toString());
    assertThat(added.code()).as(added.err()).isZero();
  }

  private void login() throws IOException {
    addTechnicalConnection();
    Path secret = file("secret", line.technicalClientSecret() + "\n");
    Ended login = run("login", "--secret-file", secret.toString());
    assertThat(login.code()).as(login.err()).isZero();
  }

  private List<String> invitable(int count) {
    return line.organizations().stream()
        .filter(place -> place.name().equals("Northwind"))
        .findFirst()
        .orElseThrow()
        .people()
        .subList(0, count);
  }

  @Test
  void withoutAConnectionEveryCommandSaysHowToGetOne() {
    for (String command : List.of("orgs", "list", "members", "login", "logout")) {
      Ended ended = run(command);
      assertThat(ended.code()).as(command).isEqualTo(2);
      assertThat(ended.err()).as(command).contains("connections add");
      assertThat(ended.out()).as(command).isEmpty();
    }
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        List.of(
            "connections",
            "login",
            "logout",
            "orgs",
            "list",
            "invite",
            "check",
            "accept",
            "members")) {
      Ended help = run(command, "--help");
      assertThat(help.code()).as(command).isZero();
      assertThat(help.out()).as(command).contains("Usage").contains(command);
    }
  }

  @Nested
  class Connections {
    @Test
    void areAddedListedExportedAndRemoved() throws Exception {
      addTechnicalConnection();
      JsonNode listed = run("connections", "--json").objects().getFirst();
      assertThat(listed.path("name").asString()).isEqualTo("Practice alone");
      assertThat(listed.path("kind").asString()).isEqualTo("TEST");
      String exported = run("connections", "export").out();
      assertThat(exported).contains("Practice alone").doesNotContain("secret");
      Path again = file("again.json", exported.replace("Practice alone", "Second"));
      assertThat(run("connections", "add", again.toString()).code()).isZero();
      assertThat(run("orgs").err()).contains("Practice alone, Second");
      Ended asked = run("connections", "remove", "Second");
      assertThat(asked.code()).isEqualTo(2);
      assertThat(asked.err()).contains("With Second go").contains("--yes");
      assertThat(run("connections", "remove", "Second", "--yes").code()).isZero();
      assertThat(run("connections").out()).doesNotContain("Second");
    }

    @Test
    void ofABadFileAreRefusedOneByOne() throws Exception {
      Path bad =
          file(
              "bad.json",
              """
              {"guestlistConnections": 1, "connections": [
                {"name": "No server", "rootOrganization": "a", "clientId": "c"},
                {"name": "Bad way", "server": "https://id.example", "rootOrganization": "a",
                  "clientId": "c", "signIn": "by-magic"},
                {"name": "Good", "server": "https://id.example", "rootOrganization": "a",
                  "clientId": "c"}]}
              """);
      Ended ended = run("connections", "add", bad.toString());
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err())
          .contains("Connection 1 (No server): server is missing.")
          .contains("signIn cannot be 'by-magic'");
      assertThat(run("connections").out()).contains("Good").doesNotContain("No server");
      Ended noJson = run("connections", "add", file("no.json", "hello").toString());
      assertThat(noJson.code()).isEqualTo(2);
      assertThat(noJson.err()).contains("not JSON");
    }

    @Test
    void areTestedStepByStep() throws Exception {
      login();
      Ended test = run("connections", "test", "--json");
      assertThat(test.objects().stream().map(one -> one.path("check").asString()))
          .contains("ADDRESS", "DISCOVERY", "SIGN_IN", "INVITATIONS", "CLOCK", "VERSION");
      assertThat(test.objects().stream().map(one -> one.path("result").asString()))
          .doesNotContain("FAILED");
      server.close();
      Ended away = run("connections", "test");
      assertThat(away.code()).isEqualTo(1);
      assertThat(away.out()).contains("failed");
    }
  }

  @Test
  void nobodySignedInEndsWithItsOwnCode() throws Exception {
    addTechnicalConnection();
    Ended noSecret = run("login");
    assertThat(noSecret.code()).isEqualTo(4);
    assertThat(noSecret.err()).contains("--secret-file");
    Path wrong = file("wrong", "not-the-secret");
    Ended refused = run("login", "--secret-file", wrong.toString());
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err() + refused.out()).doesNotContain("not-the-secret");
  }

  @Test
  void aTokenFromAFileWorksForOneCommand() throws Exception {
    addTechnicalConnection();
    Path token = file("token", "nonsense");
    Ended ended = run("orgs", "--token-file", token.toString());
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).doesNotContain("nonsense");
  }

  @Test
  void organizationsAreListedAndFound() throws Exception {
    login();
    Ended all = run("orgs");
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(all.out().lines().count()).isGreaterThan(30);
    Ended found = run("orgs", "northw", "--json");
    assertThat(found.objects().getFirst().path("name").asString()).isEqualTo("Northwind");
    assertThat(found.objects().getFirst().path("path").asString()).endsWith("Northwind");
  }

  @Test
  void invitationsAndMembersAreListedAlsoFromMemory() throws Exception {
    login();
    Ended list = run("list", "--json");
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.objects()).isNotEmpty().allMatch(one -> one.has("username"));
    Ended members = run("members", "--organization", "Northwind");
    assertThat(members.code()).as(members.err()).isZero();
    assertThat(members.out()).isNotEmpty();
    server.close();
    Ended remembered = run("list", "--json");
    assertThat(remembered.code()).as("nothing was read").isEqualTo(2);
    assertThat(remembered.objects()).hasSameSizeAs(list.objects());
    assertThat(remembered.err()).contains("cannot be reached");
  }

  @Test
  void anOrganizationIsNeverGuessed() throws Exception {
    login();
    Ended ended = run("list", "--organization", "North");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("exactly 'North'");
  }

  @Nested
  class Inviting {
    @Test
    void saysTheOutcomeOfEachPersonAndKeepsCodesInAFileOfItsOwner() throws Exception {
      login();
      List<String> people = invitable(2);
      Path codes = folder.resolve("codes.tsv");
      Ended ended =
          run(
              "invite",
              people.get(0),
              people.get(1),
              "nobody.here",
              "--codes",
              codes.toString(),
              "--json");
      assertThat(ended.code()).as(ended.err()).isEqualTo(1);
      assertThat(ended.objects().stream().map(one -> one.path("outcome").asString()))
          .containsExactly("INVITED", "INVITED", "REFUSED");
      assertThat(Files.readAllLines(codes)).hasSize(2).allMatch(one -> one.contains("\t"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(codes)))
          .isEqualTo("rw-------");
      for (String one : Files.readAllLines(codes)) {
        assertThat(ended.out() + ended.err()).doesNotContain(one.split("\t")[1]);
      }

      Ended checked = run("check", "--codes", codes.toString());
      assertThat(checked.code()).as(checked.err()).isZero();
      assertThat(checked.out()).contains(people.get(0)).contains("Northwind");
      Ended accepted = run("accept", "--codes", codes.toString(), "--ticket", "INC-1", "--json");
      assertThat(accepted.code()).as(accepted.err()).isZero();
      assertThat(accepted.objects().stream().map(one -> one.path("outcome").asString()))
          .containsExactly("JOINED", "JOINED");
      Ended again = run("check", "--codes", codes.toString());
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.out()).contains("Nobody is waiting");
      assertThat(run("members").out()).contains(people.get(0), people.get(1));
    }

    @Test
    void isTriedDryAndRefusesWhatIsNotThere() throws Exception {
      login();
      String person = invitable(1).getFirst();
      Ended dry = run("invite", person, "--dry-run");
      assertThat(dry.code()).isEqualTo(2);
      assertThat(dry.err()).contains("1 ").contains("Northwind").contains("dry run");
      assertThat(run("list").out()).doesNotContain(person + "\t");
      Ended group = run("invite", person, "--group", "no such group");
      assertThat(group.code()).isEqualTo(2);
      assertThat(group.err()).contains("'no such group' names 0 groups");
      Ended nobody = run("invite");
      assertThat(nobody.code()).isEqualTo(2);
      Path there = file("there.tsv", "mine");
      Ended exists = run("invite", person, "--codes", there.toString());
      assertThat(exists.code()).isEqualTo(2);
      assertThat(there).hasContent("mine");
    }

    @Test
    void withoutAServerLeavesNothingBehindUnlessItIsToBeKept() throws Exception {
      login();
      Ended warm = run("orgs");
      assertThat(warm.code()).isZero();
      server.close();
      Ended ended = run("invite", invitable(1).getFirst());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("cannot be reached");
    }
  }

  @Test
  void halfACodeStopsTheWholeList() throws Exception {
    login();
    Path codes = file("half", "6f9619ff-8b86-d011-b42d-00c04fc964f\n");
    Ended ended = run("accept", "--codes", codes.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("31 of 32");
  }

  @Test
  void noSecretLiesOpenInTheDataFolder() throws Exception {
    login();
    Path codes = folder.resolve("codes.tsv");
    assertThat(run("invite", invitable(1).getFirst(), "--codes", codes.toString()).code()).isZero();
    String code = Files.readAllLines(codes).getFirst().split("\t")[1];
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1);
        assertThat(bytes)
            .as(one.toString())
            .doesNotContain(line.technicalClientSecret())
            .doesNotContain(code);
      }
    }
  }
}

package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Problem;
import dev.guestlist.testing.LeakHunt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A long day with every way of signing in and much going wrong; afterwards every secret that went
/// over the wire is looked for wherever the program wrote something.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingLeaksTest {
  private Path folder;
  private LeakyDay day;
  private Map<String, Set<String>> secrets;
  private LeakHunt hunt;

  @BeforeAll
  void liveThroughTheDay(@TempDir Path ofItsOwn) throws Exception {
    folder = ofItsOwn;
    day = LeakyDay.in(folder);
    day.pass();
    secrets = new TreeMap<>();
    day.secrets()
        .forEach((kind, values) -> {
          Set<String> long8 = new LinkedHashSet<>(values);
          long8.removeIf(value -> value.length() < 8);
          if (!long8.isEmpty()) {
            secrets.put(kind, long8);
          }
        });
    hunt = new LeakHunt(secrets);
  }

  @AfterAll
  void end() {
    day.close();
  }

  @Test
  void theDayHadSecretsOfEveryKind() {
    assertThat(secrets)
        .containsKeys(
            "access_token",
            "refresh_token",
            "id_token",
            "code",
            "code_verifier",
            "state",
            "nonce",
            "client_secret",
            "password",
            "device_code",
            "confirmationCode",
            "passphrase",
            "proxy password");
    assertThat(secrets.get("access_token")).hasSizeGreaterThan(6);
    assertThat(secrets.get("refresh_token")).hasSizeGreaterThan(3);
    assertThat(secrets.get("confirmationCode")).hasSizeGreaterThan(3);
  }

  @Test
  void theDayHadFailuresOfEveryKind() {
    assertThat(day.problems())
        .hasAtLeastOneElementOfType(Problem.Rejected.class)
        .hasAtLeastOneElementOfType(Problem.ServerFault.class)
        .hasAtLeastOneElementOfType(Problem.Unreadable.class)
        .hasAtLeastOneElementOfType(Problem.Unreachable.class)
        .hasAtLeastOneElementOfType(Problem.SignedOut.class)
        .hasAtLeastOneElementOfType(Problem.NotAllowed.class)
        .hasAtLeastOneElementOfType(Problem.Busy.class);
  }

  @Test
  void noFileShowsASecretAtAnyMoment() throws Exception {
    assertThat(day.moments().resolve("staying signed in/guestlist.db")).exists();
    assertThat(day.moments().resolve("staying signed in/guestlist.db-wal")).isNotEmptyFile();
    assertThat(day.moments().resolve("staying signed in/logs/guestlist.log")).isNotEmptyFile();
    assertThat(hunt.inFiles(day.moments())).isEmpty();
  }

  @Test
  void nothingLoggedShowsASecret() {
    assertThat(day.logged()).contains("POST /t/{root}/o/api/server/v1/guests/invite answered 200");
    assertThat(day.logged()).contains("okhttp");
    assertThat(hunt.in("the log", day.logged())).isEmpty();
  }

  @Test
  void noProblemShowsASecret() {
    assertThat(day.surfaced()).contains("Rejected").contains("****");
    assertThat(hunt.in("a problem", day.surfaced())).isEmpty();
  }

  @Test
  void nothingPrintedShowsASecret() {
    assertThat(day.printed()).contains("the day begins");
    assertThat(hunt.in("the terminal", day.printed())).isEmpty();
  }

  @Test
  void whatLiesSealedCanBeOpenedWithTheKey() {
    assertThat(day.openedAfterARestart())
        .extracting(ConfirmationCode::reveal)
        .isNotEmpty()
        .isSubsetOf(secrets.get("confirmationCode"));
  }

  /// Whether the hunt would have found something at all.
  @Test
  void whateverLeaksIsFoundInEveryForm() throws Exception {
    Path leaky = Files.createDirectory(folder.resolve("leaky"));
    secrets.forEach((kind, values) -> {
      String secret = values.iterator().next();
      LeakHunt.forms(secret)
          .forEach((form, text) -> {
            if (text.length() < 8) {
              return;
            }
            assertThat(hunt.in("here", "a=" + text + "; b"))
                .as("%s, %s", kind, form)
                .extracting(LeakHunt.Find::kind)
                .contains(kind);
          });
      for (String before : new String[] {"", "a", "ab", "user:", "Bearer "}) {
        String header =
            Base64.getEncoder()
                .encodeToString((before + secret + "!").getBytes(StandardCharsets.UTF_8));
        assertThat(hunt.in("here", header)).as(kind).isNotEmpty();
      }
    });
    String token = secrets.getOrDefault("access_token", Set.of()).iterator().next();
    Files.writeString(leaky.resolve("guestlist.db"), "x".repeat(100_000) + token);
    Files.writeString(leaky.resolve(token), "a name");
    assertThat(hunt.inFiles(leaky))
        .extracting(LeakHunt.Find::where)
        .contains("guestlist.db")
        .anyMatch(where -> where.startsWith("the name of "));
    assertThat(hunt.in("here", "nothing to be seen")).isEmpty();
  }
}

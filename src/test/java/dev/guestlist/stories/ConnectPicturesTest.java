package dev.guestlist.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.practice.PracticeServer;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of getting connected in both themes, in `target/pictures`: to be looked at by people.
class ConnectPicturesTest {
  @TempDir private Path folder;

  @Test
  void gettingConnectedInBothThemes() throws Exception {
    try (GuestlistDriver app = GuestlistDriver.start(folder)) {
      app.reads("Try it on the practice server");
      app.clicks("connect");
      app.reads("New connection");
      app.fills("connectionName", "ACME");
      app.fills("connectionAddress", "https://localhost:9443/t/acme/o/4e12a/console");
      app.reads("Understood as https://localhost:9443, root organization acme");
      app.clicksRadio("kindProduction");
      both(app, "connection-new");
      app.clicks("saveAndSignIn");
      app.reads("The id of the application on the server is needed.");
      both(app, "connection-errors");
      app.fills("connectionClient", "4oXcQq1vKk9TT");
      app.clicks("runTest");
      app.reads("Address");
      app.reads("Run all again");
      app.scrollsDown("connectionScroll");
      both(app, "connection-test");
      app.clicks("setUpSheet");
      app.reads("Register an application");
      both(app, "set-up-sheet");
      app.presses(KeyCode.ESCAPE);
      app.clicks("saveConnection");
      app.reads("ACME is saved.");
      app.clicks("saveAndSignIn");
      app.reads("Look at the connection");
      both(app, "sign-in-failed");
      app.acts("Edit or test this");
      app.reads("open now");
      app.clicks("more");
      app.scrollsDown("connectionScroll");
      both(app, "connection-inside");
      app.resizes(1000, 700);
      both(app, "connection-1000x700");
      app.resizes(1366, 768);
      app.presses(KeyCode.CONTROL, KeyCode.EQUALS);
      both(app, "connection-125");
    }
    assertThat(Path.of("target", "pictures", "connection-125-dark.png")).exists();
  }

  @Test
  void aCertificateToCompareAndASignInInTheBrowser() throws Exception {
    PracticeServer.Options sealed = PracticeServer.Options.in(folder.resolve("sealed")).withTls();
    PracticeServer.Options plain = PracticeServer.Options.in(folder.resolve("plain"));
    try (PracticeServer tls = PracticeServer.start(sealed);
        PracticeServer server = PracticeServer.start(plain);
        GuestlistDriver app = GuestlistDriver.start(folder.resolve("data"))) {
      app.reads("Try it on the practice server");
      app.clicks("connect");
      app.reads("New connection");
      app.fills("connectionName", "Staging");
      app.fills("connectionAddress", tls.baseUrl().toString());
      app.fills("connectionRoot", tls.startLine().rootOrganization());
      app.fills("connectionClient", tls.startLine().publicClientId());
      app.clicks("runTest");
      app.reads("Trust this certificate?");
      app.reads("Run all again");
      app.scrollsDown("connectionScroll");
      both(app, "certificate");
      app.ticks("compared");
      app.clicks("trust");
      app.reads("The one certificate that this connection trusts");
      app.reads("Nobody is signed in, so this cannot be tried.");
      app.scrollsDown("connectionScroll");
      both(app, "certificate-trusted");
      tls.control().changeCertificate();
      tests(app, "The certificate is not the one that this connection accepts.");
      both(app, "certificate-changed");

      app.fills("connectionAddress", server.baseUrl().toString());
      app.fills("connectionClient", server.startLine().publicClientId());
      app.fills("connectionRoot", "nowhere");
      tests(app, "has no root organization");
      both(app, "connection-wrong-root");
      app.fills("connectionRoot", server.startLine().rootOrganization());
      server.control().answerHtml("openid-configuration", 200, 1);
      tests(app, "Something answers, but not an identity server");
      both(app, "connection-web-page");
      app.clicks("saveAndSignIn");
      app.reads("Finish signing in in your browser.");
      both(app, "sign-in-browser");
      PracticeSignIn.inBrowser(app.opensInBrowser(), "pat", "practice-pat");
      app.seesNoMore("Finish signing in in your browser.");
      app.reads("Choose an organization");
      app.acts("Edit or test this");
      app.clicks("runTest");
      app.reads("Signed in as pat");
      app.reads("Run all again");
      app.scrollsDown("connectionScroll");
      both(app, "connection-tested");
      app.presses(KeyCode.CONTROL, KeyCode.DIGIT1);
      app.seesNoMore("Run all again");
      app.jumpsTo("northwind");
      app.reads("Northwind");
      server.control().takeRight("pat", northwind(server), "internal_org_group_mgt_view");
      app.acts("Edit or test this");
      tests(app, "May not");
      both(app, "connection-right-missing");
      app.acts("Secrets: where");
      app.reads("WHERE THE KEY LIES");
      app.reads("(here now)");
      both(app, "secrets");
      app.clicks("lockNow");
      app.reads("Locked.");
      both(app, "locked");
      app.clicks("unlock");
      app.seesNoMore("Locked.");
    }
    assertThat(Path.of("target", "pictures", "locked-light.png")).exists();
  }

  /// Runs the connection test to its end and looks at it.
  private static void tests(GuestlistDriver app, String finding) {
    app.clicks("runTest");
    app.reads(finding);
    app.reads("Run all again");
    app.scrollsDown("connectionScroll");
  }

  private static String northwind(PracticeServer server) {
    return server.startLine().organizations().stream()
        .filter(place -> place.name().equals("Northwind"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static void both(GuestlistDriver app, String name) {
    app.looks(true);
    app.picture(name + "-dark");
    app.looks(false);
    app.picture(name + "-light");
  }
}

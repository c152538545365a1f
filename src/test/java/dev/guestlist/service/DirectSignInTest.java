package dev.guestlist.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.Connection;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.store.KeyFile;
import dev.guestlist.store.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in directly into a child organization, for people whose account does not live at the
/// root: there is no root token then, and everything starts from the organization.
class DirectSignInTest {
  @TempDir private Path folder;

  @Test
  void leadsIntoTheOrganizationAndItsLists() throws Exception {
    try (PracticeServer server =
        PracticeServer.start(PracticeServer.Options.in(folder.resolve("practice")))) {
      StartLine line = server.startLine();
      OrganizationId northwind =
          line.organizations().stream()
              .filter(place -> place.name().equals("Northwind"))
              .map(place -> new OrganizationId(place.id()))
              .findFirst()
              .orElseThrow();
      Connection.Settings usual = Connection.Settings.USUAL;
      Connection connection =
          new Connection(
                  new ConnectionId("direct"),
                  "Direct",
                  Connection.Kind.TEST,
                  server.baseUrl(),
                  line.rootOrganization(),
                  line.publicClientId(),
                  Connection.SignInWay.BROWSER_INTO_ORGANIZATION,
                  2,
                  Duration.ofDays(3))
              .with(
                  new Connection.Settings(
                      usual.colour(),
                      false,
                      Optional.of(northwind.value()),
                      Optional.empty(),
                      usual.trust(),
                      usual.proxying(),
                      Optional.empty(),
                      false,
                      false));
      Path data = folder.resolve("data");
      try (LocalStore store = LocalStore.open(data, KeyFile.in(data), InstantSource.system());
          Workplace workplace =
              Workplace.open(connection, store, new Changes(), InstantSource.system())) {
        PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
        assertThat(workplace.session().account()).contains("pat");
        workplace.organizations().switchTo(northwind);
        assertThat(workplace.session().current()).contains(northwind);
        assertThat(workplace.session().rights(northwind)).isPresent();
        assertThat(workplace.organizations().readIndex()).isEmpty();
        assertThat(workplace.organizations().find(northwind).map(Organization::name))
            .contains("Northwind");
        assertThat(workplace.invitations().refresh(northwind)).isEmpty();
        assertThat(workplace.invitations().list(northwind).entries()).isNotEmpty();
        assertThat(workplace.members().refresh(northwind)).isEmpty();
      }
    }
  }
}

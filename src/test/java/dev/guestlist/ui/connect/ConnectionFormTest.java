package dev.guestlist.ui.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.model.Connection.Proxying;
import dev.guestlist.model.Connection.Settings;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Connection.Trust;
import dev.guestlist.model.ConnectionId;
import dev.guestlist.ui.connect.FormErrors.Field;
import dev.guestlist.ui.kit.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectionFormTest {
  private static final Texts TEXTS = Texts.english();

  private final ConnectionForm form = new ConnectionForm(new ConnectionId("one"));

  private void fillIn() {
    form.name.set("ACME");
    form.address.set("https://id.acme.example/t/acme/console");
    form.clientId.set("client");
  }

  @Nested
  class TheAddress {
    @Test
    void fillsInWhatItTells() {
      form.address.set("https://id.acme.example/t/acme/o/4e12/console");

      assertThat(form.root.get()).isEqualTo("acme");
      assertThat(form.startIn.get()).isEqualTo("4e12");
    }

    @Test
    void followsWhileItIsTyped() {
      form.address.set("https://id.acme.example/t/ac");
      form.address.set("https://id.acme.example/t/acme");

      assertThat(form.root.get()).isEqualTo("acme");
    }

    @Test
    void neverReplacesWhatWasTypedIntoTheFields() {
      form.root.set("other");
      form.address.set("https://id.acme.example/t/acme");

      assertThat(form.root.get()).isEqualTo("other");
    }
  }

  @Nested
  class AConnection {
    @Test
    void comesOutAsItWentIn() {
      Connection connection =
          new Connection(
              new ConnectionId("two"),
              "Staging",
              Kind.PRODUCTION,
              URI.create("https://id.acme.example:9443"),
              "acme",
              "client",
              SignInWay.DEVICE_CODE,
              4,
              Duration.ofHours(48),
              new Settings(
                  Connection.Colour.RED,
                  true,
                  Optional.of("northwind"),
                  Optional.of(URI.create("https://login.acme.example/x")),
                  new Trust.WithFile(Path.of("/etc/acme.pem")),
                  new Proxying.Through("proxy.acme.example", 3128, Optional.of("anna")),
                  Optional.of("https://id.acme.example/join?code={code}"),
                  true,
                  true));

      assertThat(ConnectionForm.of(connection).read()).isEqualTo(connection);
      assertThat(FormErrors.of(ConnectionForm.of(connection), TEXTS)).isEmpty();
    }

    @Test
    void isChangedOnlyWhileSomethingDiffers() {
      fillIn();
      form.keep();
      assertThat(form.changed().get()).isFalse();

      form.name.set("Other");
      assertThat(form.changed().get()).isTrue();

      form.name.set("ACME");
      assertThat(form.changed().get()).isFalse();
    }

    @Test
    void isCopiedWithoutItsStarAndNeverAsThePracticeServer() {
      fillIn();
      form.favourite.set(true);
      form.kind.set(Kind.PRACTICE);

      ConnectionForm copy = form.copy(new ConnectionId("three"), "Copy of ACME");

      assertThat(copy.read().name()).isEqualTo("Copy of ACME");
      assertThat(copy.read().kind()).isEqualTo(Kind.TEST);
      assertThat(copy.read().settings().favourite()).isFalse();
      assertThat(copy.clientId.get()).isEqualTo("client");
      assertThat(copy.changed().get()).isTrue();
    }
  }

  @Nested
  class WhatIsWrong {
    @Test
    void isSaidBesideEachField() {
      form.lifetime.set("soon");
      form.requests.set("0");
      form.acceptLink.set("https://id.acme.example/join");
      form.discovery.set("login.acme.example");
      form.trust.set(ConnectionForm.TrustChoice.FILE);
      form.trustFile.set("acme.pem");
      form.proxy.set(ConnectionForm.ProxyChoice.THROUGH);
      form.way.set(SignInWay.BROWSER_INTO_ORGANIZATION);

      assertThat(FormErrors.of(form, TEXTS))
          .containsOnlyKeys(
              Field.NAME,
              Field.ADDRESS,
              Field.ROOT,
              Field.START_IN,
              Field.CLIENT_ID,
              Field.ACCEPT_LINK,
              Field.LIFETIME,
              Field.REQUESTS,
              Field.TRUST,
              Field.PROXY,
              Field.DISCOVERY);
    }

    @Test
    void isNothingWhenTheUsualIsFilledIn() {
      fillIn();

      assertThat(FormErrors.of(form, TEXTS)).isEmpty();
    }

    @Test
    void aPastedTokenNeedsTheClientTooForEnteringOrganizations() {
      fillIn();
      form.clientId.set("");
      form.way.set(SignInWay.PASTED_TOKEN);

      assertThat(FormErrors.of(form, TEXTS)).containsOnlyKeys(Field.CLIENT_ID);
    }

    @Test
    void plainHttpToAnotherComputerIsRefused() {
      fillIn();
      form.address.set("http://id.acme.example");

      assertThat(FormErrors.of(form, TEXTS)).containsOnlyKeys(Field.ADDRESS);
    }
  }

  @Test
  void aFingerprintIsShownInGroupsOfFourOnTwoLines() {
    String shown = Fingerprint.grouped("0123456789abcdef".repeat(4));

    assertThat(shown.lines()).hasSize(2).allMatch(line -> line.strip().length() == 39);
    assertThat(shown).startsWith("0123 4567 89AB CDEF ");
  }
}

package dev.guestlist.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ServerAddress.NotUnderstood;
import dev.guestlist.model.ServerAddress.Understood;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Nested
  class WhatPeopleHaveAtHand {
    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock =
            """
            id.acme.example,                                          https://id.acme.example, -, -
            id.acme.example:9443,                                     https://id.acme.example:9443, -, -
            https://ID.acme.example:443/,                             https://id.acme.example, -, -
            ' <https://id.acme.example/t/acme> ',                     https://id.acme.example, acme, -
            https://id.acme.example/t/acme/console,                   https://id.acme.example, acme, -
            id.acme.example/t/acme/console/overview?x=1#top,          https://id.acme.example, acme, -
            https://id.acme.example/t/acme/o/4e12/console/users,      https://id.acme.example, acme, 4e12
            https://id.acme.example/t/acme/o/northwind,               https://id.acme.example, acme, northwind
            https://id.acme.example/t/acme/o/api/server/v1,           https://id.acme.example, acme, -
            https://id.acme.example/console,                          https://id.acme.example, carbon.super, -
            https://id.acme.example/o/4e12/console,                   https://id.acme.example, carbon.super, 4e12
            https://id.acme.example/carbon/admin/login.jsp,           https://id.acme.example, -, -
            https://console.asgardeo.io/t/acme,                       https://api.asgardeo.io, acme, -
            https://console.eu.asgardeo.io/t/acme/app/overview,       https://api.eu.asgardeo.io, acme, -
            https://api.eu.asgardeo.io/t/acme,                        https://api.eu.asgardeo.io, acme, -
            http://localhost:8080,                                    http://localhost:8080, -, -
            http://127.0.0.1:80/t/carbon.super,                       http://127.0.0.1, carbon.super, -
            'http://[::1]:8080',                                      'http://[::1]:8080', -, -
            https://büro.example:9443/t/acme,                         https://xn--bro-hoa.example:9443, acme, -
            """)
    void isTakenApart(String typed, URI server, String root, String organization) {
      assertThat(ServerAddress.of(typed))
          .isEqualTo(
              new Understood(server, Optional.ofNullable(root), Optional.ofNullable(organization)));
    }

    @Test
    void asgardeoHasNoRootWithoutAName() {
      assertThat(ServerAddress.of("https://console.asgardeo.io/console"))
          .isEqualTo(
              new Understood(
                  URI.create("https://api.asgardeo.io"), Optional.empty(), Optional.empty()));
    }
  }

  @Nested
  class WhatIsNoAddress {
    @ParameterizedTest
    @CsvSource({
      "'', EMPTY",
      "'   ', EMPTY",
      "https://, NO_HOST",
      "https:///t/acme, NO_HOST",
      ":9443, NO_HOST",
      "/t/acme/console, NO_HOST",
      "http://id.acme.example, PLAIN_HTTP",
      "http://127.acme.example, PLAIN_HTTP",
      "http://localhost.acme.example, PLAIN_HTTP",
      "ftp://id.acme.example, UNKNOWN_SCHEME",
      "ldaps://id.acme.example, UNKNOWN_SCHEME",
      "://id.acme.example, UNKNOWN_SCHEME",
    })
    void saysWhy(String typed, NotUnderstood why) {
      assertThat(ServerAddress.of(typed)).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "our server",
          "id_acme.example_",
          "anna:secret@id.acme.example",
          "https://id.acme.example:99999",
          "https://id.acme.example:0",
          "https://id.acme.example:port",
          "https://id.acme.example/t/{root}",
          "https://id.acme.example/t/a%20b/console",
          "https://id.acme.example/t/acme/o/{organization-id}",
          "https://id.acme.example/t/acme/o/%2e%2e",
          "https://[::1",
          "id.acme.example\\t",
        })
    void hasSignsThatCannotBe(String typed) {
      assertThat(ServerAddress.of(typed)).isEqualTo(NotUnderstood.UNUSABLE_SIGNS);
    }
  }
}

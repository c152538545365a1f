package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class DirectSignInTest {
  private static final String ERROR_PAGE = "/authenticationendpoint/oauth2_error.do";

  private PracticeServer server;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String path(String hint) throws Exception {
    return caller.authorizePath("openid SYSTEM") + "&fidp=OrganizationSSO" + hint;
  }

  private Caller.Reply token(Caller.Reply back) throws Exception {
    return caller.tokenCall(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            Caller.queryOf(back.header("Location"), "code"),
            "redirect_uri",
            Caller.REDIRECT,
            "client_id",
            "guestlist-practice-desktop",
            "code_verifier",
            Caller.VERIFIER));
  }

  private Caller.Reply signIn(String hint, String username) throws Exception {
    return caller.postForm(
        path(hint), Map.of("username", username, "password", "practice-" + username));
  }

  private static JWTClaimsSet claims(Caller.Reply token) throws Exception {
    return SignedJWT.parse(token.text("id_token")).getJWTClaimsSet();
  }

  @ParameterizedTest
  @CsvSource({"orgId", "orgHandle", "org"})
  void theTokenIsBoundToTheOrganizationOfTheHint(String hint) throws Exception {
    String value =
        switch (hint) {
          case "orgId" -> caller.id("Northwind");
          case "orgHandle" -> "northwind";
          default -> "Northwind";
        };

    Caller.Reply token = token(signIn("&" + hint + "=" + value, "pat"));

    assertThat(token.status()).isEqualTo(200);
    assertThat(token.text("scope")).contains(Scopes.INVITE);
    assertThat(claims(token).getStringClaim("org_id")).isEqualTo(caller.id("Northwind"));
    assertThat(claims(token).getStringClaim("org_name")).isEqualTo("Northwind");
    assertThat(claims(token).getStringClaim("user_org")).isNotEmpty();
    String invitations = "/t/acme/o/api/server/v1/guests/invitations";
    assertThat(caller.get(invitations, token.text("access_token")).status()).isEqualTo(200);
    assertThat(
            caller
                .get("/t/acme/api/users/v1/me/organizations", token.text("access_token"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void anAccountThatLivesThereHasNoOtherHomeAndCannotSignInAtTheRoot() throws Exception {
    Caller.Reply token = token(signIn("&orgHandle=northwind", "olga.own"));
    Caller.Reply atRoot =
        caller.postForm(
            caller.authorizePath("openid"),
            Map.of("username", "olga.own", "password", "practice-olga.own"));

    assertThat(claims(token).getStringClaim("username")).isEqualTo("olga.own");
    assertThat(claims(token).getClaim("user_org")).isNull();
    assertThat(token.text("scope")).contains(Scopes.LIST_INVITATIONS);
    assertThat(atRoot.body()).contains("Login failed!");
  }

  @Test
  void aRefreshStaysInTheOrganization() throws Exception {
    Caller.Reply token = token(signIn("&orgHandle=northwind", "ina"));

    Caller.Reply next =
        caller.tokenCall(
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                token.text("refresh_token"),
                "client_id",
                "guestlist-practice-desktop"));

    assertThat(claims(next).getStringClaim("org_name")).isEqualTo("Northwind");
  }

  @Test
  void withoutHintThePageAsksForTheOrganization() throws Exception {
    Caller.Reply page = caller.get(path(""), "");
    Caller.Reply back =
        caller.postForm(
            path(""),
            Map.of("organization", "Contoso", "username", "pat", "password", "practice-pat"));

    assertThat(page.body()).contains("name=\"organization\"");
    assertThat(claims(token(back)).getStringClaim("org_name")).isEqualTo("Contoso");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&orgId=nothing", "&orgHandle=nothing", "&org=Northgate", "&org=Old%20Harbour"})
  void anOrganizationThatCannotBeEnteredEndsOnTheErrorPage(String hint) throws Exception {
    assertThat(caller.get(path(hint), "").header("Location")).startsWith(ERROR_PAGE);
    assertThat(signIn(hint, "pat").header("Location")).startsWith(ERROR_PAGE);
  }

  @Test
  void anAccountThatIsNoMemberEndsOnTheErrorPage() throws Exception {
    server.control().removeMember("Contoso", "lis");

    Caller.Reply reply = signIn("&org=Contoso", "lis");

    assertThat(reply.header("Location")).startsWith(ERROR_PAGE);
    assertThat(caller.get(reply.header("Location"), "").body())
        .contains("User is not allowed to access the organization");
  }

  @Test
  void aWrongPasswordShowsThePageAgain() throws Exception {
    Caller.Reply page =
        caller.postForm(path("&org=Northwind"), Map.of("username", "pat", "password", "wrong"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Sign in to Northwind", "Login failed!");
  }
}

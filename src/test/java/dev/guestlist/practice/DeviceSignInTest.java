package dev.guestlist.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DeviceSignInTest {
  private static final String DESKTOP = "guestlist-practice-desktop";
  private static final String PAGE = "/t/acme/authenticationendpoint/device.do";

  @TempDir Path folder;
  private PracticeServer server;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    server = PracticeServer.start(PracticeServer.Options.in(folder));
    caller = new Caller(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Caller.Reply begin() throws Exception {
    return caller.postForm(
        "/t/acme/oauth2/device_authorize",
        Map.of("client_id", DESKTOP, "scope", "openid internal_login"));
  }

  private Caller.Reply poll(String deviceCode) throws Exception {
    return caller.tokenCall(
        Map.of("grant_type", DeviceCodes.GRANT, "device_code", deviceCode, "client_id", DESKTOP));
  }

  private Caller.Reply type(String code, String username, String password) throws Exception {
    return caller.postForm(
        PAGE, Map.of("user_code", code, "username", username, "password", password));
  }

  @Test
  void theCodesComeWithTheirPageLifetimeAndPause() throws Exception {
    Caller.Reply codes = begin();

    assertThat(codes.status()).isEqualTo(200);
    assertThat(codes.text("user_code")).matches("[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z2-9]{6}");
    assertThat(codes.text("device_code")).hasSize(36);
    assertThat(codes.text("verification_uri")).isEqualTo(server.baseUrl() + PAGE);
    assertThat(codes.text("verification_uri_complete"))
        .isEqualTo(server.baseUrl() + PAGE + "?user_code=" + codes.text("user_code"));
    assertThat(codes.json().path("expires_in").asInt()).isEqualTo(600);
    assertThat(codes.json().path("interval").asInt()).isEqualTo(5);
  }

  @Test
  void whoSignsInWithTheCodeGivesTheDeviceATokenOnce() throws Exception {
    server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ZERO);
    Caller.Reply codes = begin();
    String device = codes.text("device_code");

    Caller.Reply waiting = poll(device);
    Caller.Reply page = type(codes.text("user_code"), "pat", "practice-pat");
    Caller.Reply token = poll(device);

    assertThat(waiting.status()).isEqualTo(400);
    assertThat(waiting.text("error")).isEqualTo("authorization_pending");
    assertThat(waiting.text("error_description")).isEqualTo("Precondition required");
    assertThat(page.body()).contains("Signed in");
    assertThat(token.status()).isEqualTo(200);
    assertThat(token.text("scope")).isEqualTo("internal_login openid");
    assertThat(token.text("refresh_token")).isNotEmpty();
    assertThat(token.text("id_token")).isNotEmpty();
    assertThat(poll(device).text("error")).isEqualTo("invalid_request");
  }

  @Test
  void askingFasterThanThePauseIsSlowedDown() throws Exception {
    String device = begin().text("device_code");

    assertThat(poll(device).text("error")).isEqualTo("authorization_pending");
    Caller.Reply tooSoon = poll(device);
    assertThat(tooSoon.status()).isEqualTo(400);
    assertThat(tooSoon.text("error")).isEqualTo("slow_down");
    assertThat(tooSoon.text("error_description")).isEqualTo("Forbidden");
  }

  @Test
  void aCodeWhoseTimeIsOverIsExpiredForDeviceAndPage() throws Exception {
    server.control().traits().deviceCodes(Duration.ZERO, Duration.ZERO);
    Caller.Reply codes = begin();

    assertThat(poll(codes.text("device_code")).text("error")).isEqualTo("expired_token");
    assertThat(type(codes.text("user_code"), "pat", "practice-pat").body())
        .contains("its time is over");
  }

  @Test
  void anUnknownDeviceCodeIsAnInvalidRequest() throws Exception {
    Caller.Reply reply = poll("6f2a1c1e-0000-4000-8000-000000000000");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_request");
  }

  @Test
  void aWrongPasswordOrCodeSignsNobodyIn() throws Exception {
    server.control().traits().deviceCodes(Duration.ofMinutes(10), Duration.ZERO);
    Caller.Reply codes = begin();

    assertThat(type(codes.text("user_code"), "pat", "wrong").body()).contains("Login failed!");
    assertThat(type("<b>", "pat", "practice-pat").body())
        .contains("This code is not known")
        .contains("&lt;b&gt;");
    assertThat(poll(codes.text("device_code")).text("error")).isEqualTo("authorization_pending");
  }

  @Test
  void aUsedCodeSignsNobodyElseIn() throws Exception {
    String code = begin().text("user_code");

    assertThat(type(code, "pat", "practice-pat").body()).contains("Signed in");
    assertThat(type(code, "ina", "practice-ina").body()).contains("This code is not known");
  }

  @Test
  void thePageOfTheCompleteAddressHasTheCodeInIt() throws Exception {
    Caller.Reply codes = begin();

    URI complete = URI.create(codes.text("verification_uri_complete"));
    Caller.Reply page = caller.get(complete.getPath() + "?" + complete.getQuery(), "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("value=\"" + codes.text("user_code") + "\"", "name=\"password\"");
  }

  @Test
  void whoMayNotIsToldSo() throws Exception {
    Caller.Reply nobody = caller.postForm("/t/acme/oauth2/device_authorize", Map.of("scope", "x"));
    Caller.Reply unknown =
        caller.postForm("/t/acme/oauth2/device_authorize", Map.of("client_id", "nobody"));
    server.control().traits().turnGrantOff(DeviceCodes.GRANT);
    Caller.Reply off = begin();

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.text("error")).isEqualTo("invalid_request");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("error")).isEqualTo("invalid_client");
    assertThat(off.status()).isEqualTo(400);
    assertThat(off.text("error")).isEqualTo("unauthorized_client");
  }

  @Test
  void theSwitchOfTimesWorksOverHttp() throws Exception {
    Caller.Reply set = caller.post("/practice/device-codes", "", "{\"seconds\":30,\"interval\":1}");
    Caller.Reply wrong =
        caller.post("/practice/device-codes", "", "{\"seconds\":-1,\"interval\":1}");
    Map<String, Integer> times = new HashMap<>();
    Caller.Reply codes = begin();
    codes.json().properties().stream()
        .filter(one -> one.getValue().isNumber())
        .forEach(one -> times.put(one.getKey(), one.getValue().asInt()));

    assertThat(set.status()).isEqualTo(204);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(times).containsExactlyInAnyOrderEntriesOf(Map.of("expires_in", 30, "interval", 1));
  }
}

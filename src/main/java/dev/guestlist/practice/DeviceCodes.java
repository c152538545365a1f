package dev.guestlist.practice;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Device codes and the short codes that people type. Both end after ten minutes or when the first
/// token was handed out (wso2-extensions/identity-inbound-auth-oauth
/// `components/org.wso2.carbon.identity.oauth.endpoint/**/device`).
final class DeviceCodes {
  static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXYZbcdfghjkmnpqrstvwxyz23456789";
  private static final int LENGTH = 6;
  private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

  /// A new pair of codes; lifetime and pause between two questions in seconds.
  record Pair(String deviceCode, String userCode, long lifetime, long pause) {}

  /// Who signed in for which scopes.
  record SignedIn(String account, Set<String> scopes) {}

  private record Waiting(
      String client,
      Set<String> scopes,
      long expires,
      long pause,
      long asked,
      Optional<String> account) {}

  private final Database database;
  private final PracticeClock clock;
  private final PracticeTraits traits;
  private final SecureRandom random = new SecureRandom();

  DeviceCodes(Database database, PracticeClock clock, PracticeTraits traits) {
    this.database = database;
    this.clock = clock;
    this.traits = traits;
  }

  Pair begin(String client, Set<String> scopes) {
    long lifetime = traits.deviceCodeLifetime().toSeconds();
    long pause = traits.devicePause().toSeconds();
    Pair pair = new Pair(UUID.randomUUID().toString(), userCode(), lifetime, pause);
    database.update("delete from device_code where expires < ?", now() - KEPT_MILLIS);
    database.update(
        "insert into device_code values(?, ?, ?, ?, ?, ?, 0, null)",
        pair.deviceCode(),
        pair.userCode(),
        client,
        String.join(" ", scopes),
        now() + lifetime * 1000,
        pause * 1000);
    return pair;
  }

  /// Whether somebody can still sign in with this code; upper and lower case matter.
  boolean isOpen(String userCode) {
    return database.exists(
        "select 1 from device_code where code = ? and expires > ? and person is null",
        userCode,
        now());
  }

  /// Binds an account to the code, once. False when the code is unknown, over or used.
  boolean signIn(String userCode, String account) {
    return database.update(
            "update device_code set person = ? where code = ? and expires > ? and person is null",
            account,
            userCode,
            now())
        == 1;
  }

  /// What a waiting device gets. Refuses with `authorization_pending` until somebody signed in,
  /// with `slow_down` when asked again too soon, `expired_token` after the end, and
  /// `invalid_request` for a code that is unknown, used, or another client's.
  SignedIn take(String client, String deviceCode) {
    // The moment of asking is kept also when the answer is no, so this is no transaction.
    Waiting waiting =
        database
            .first("select * from device_code where device = ?", DeviceCodes::waiting, deviceCode)
            .filter(one -> one.client().equals(client))
            .orElseThrow(() -> refused("invalid_request", "Invalid device code."));
    long asked = now();
    if (waiting.expires() <= asked) {
      throw refused("expired_token", "Forbidden");
    }
    database.update("update device_code set asked = ? where device = ?", asked, deviceCode);
    if (asked - waiting.asked() < waiting.pause()) {
      throw refused("slow_down", "Forbidden");
    }
    String account =
        waiting
            .account()
            .orElseThrow(() -> refused("authorization_pending", "Precondition required"));
    if (database.update("delete from device_code where device = ?", deviceCode) == 0) {
      throw refused("invalid_request", "Invalid device code.");
    }
    return new SignedIn(account, waiting.scopes());
  }

  private static Refusal refused(String error, String description) {
    return Refusal.oauth(400, error, description);
  }

  private String userCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  private long now() {
    return clock.realTime().toEpochMilli();
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getString("client"),
        Scopes.split(row.getString("scopes")),
        row.getLong("expires"),
        row.getLong("pause"),
        row.getLong("asked"),
        Optional.ofNullable(row.getString("person")));
  }
}

package dev.guestlist.practice;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Opaque access tokens and the refresh tokens beside them. Tokens are judged by the real time: the
/// moved clock moves invitations only.
final class Tokens {
  static final long ID_SECONDS = 3600;
  static final long REFRESH_SECONDS = 86_400;

  /// What a token stands for. Without an account it belongs to an application.
  record Access(
      String access,
      Optional<String> refresh,
      String client,
      Optional<String> account,
      String organization,
      boolean isRoot,
      Set<String> scopes,
      long secondsLeft) {}

  private static final String SELECT =
      "select t.*, o.parent is null as root from token t join organization o on o.id ="
          + " t.organization where ";

  private final Database database;
  private final Directory directory;
  private final PracticeClock clock;
  private final PracticeTraits traits;
  private final SecureRandom random = new SecureRandom();

  Tokens(Database database, Directory directory, PracticeClock clock, PracticeTraits traits) {
    this.database = database;
    this.directory = directory;
    this.clock = clock;
    this.traits = traits;
  }

  /// Issues a token, or hands out the active one again that the same account has from the same
  /// client with the same scopes in the same organization.
  Access issue(String client, Optional<String> account, String organization, Set<String> granted) {
    String scopes = String.join(" ", granted);
    return database.inTransaction(() ->
        database
            .first(
                SELECT
                    + "t.client = ? and t.person is ? and t.organization = ? and t.scopes = ?"
                    + " and t.access_expires > ?",
                this::access,
                client,
                account.orElse(null),
                organization,
                scopes,
                now())
            .orElseGet(() -> fresh(client, account, organization, scopes)));
  }

  private Access fresh(
      String client, Optional<String> account, String organization, String scopes) {
    String access = secret();
    database.update(
        "insert into token values(?, ?, ?, ?, ?, ?, ?, ?)",
        access,
        account.map(id -> secret()).orElse(null),
        client,
        account.orElse(null),
        organization,
        scopes,
        now() + traits.accessLifetime().toMillis(),
        now() + REFRESH_SECONDS * 1000);
    return active(access).orElseThrow();
  }

  /// Trades a refresh token in for a new pair; the old pair is dead afterwards.
  Access refresh(String client, String refresh, Optional<Set<String>> narrowed) {
    return database.inTransaction(() -> {
      Access old =
          database
              .first(SELECT + "t.refresh = ? and t.client = ?", this::access, refresh, client)
              .orElseThrow(() ->
                  Refusal.oauth(400, "invalid_grant", "Persisted access token data not found"));
      if (database.number("select refresh_expires from token where refresh = ?", refresh)
          <= now()) {
        throw Refusal.oauth(400, "invalid_grant", "Refresh token is expired.");
      }
      database.update("delete from token where access = ?", old.access());
      Optional<Set<String>> rights =
          old.account().map(id -> directory.rights(id, old.organization()));
      Set<String> wanted = narrowed.orElse(old.scopes());
      wanted.retainAll(old.scopes());
      Set<String> granted = Scopes.grant(wanted, rights, old.isRoot());
      return fresh(client, old.account(), old.organization(), String.join(" ", granted));
    });
  }

  Optional<Access> active(String access) {
    return database.first(
        SELECT + "t.access = ? and t.access_expires > ?", this::access, access, now());
  }

  /// The token of an `Authorization` header, which must be exactly `Bearer` and one word.
  Access bearer(Optional<String> header) {
    String[] parts = header.orElse("").split(" ", -1);
    if (parts.length != 2 || !parts[0].equalsIgnoreCase("Bearer")) {
      throw Refusal.notSignedIn();
    }
    return active(parts[1]).orElseThrow(Refusal::notSignedIn);
  }

  /// Whether the token carries the scope and nobody took the right away meanwhile.
  boolean allows(Access access, String scope) {
    if (!access.scopes().contains(scope)) {
      return false;
    }
    return access.account().isEmpty()
        || !database.exists(
            "select 1 from denied d join person p on p.username = d.username"
                + " where p.id = ? and d.organization = ? and d.scope = ?",
            access.account().get(),
            access.organization(),
            scope);
  }

  /// The client that an access or refresh token was made for.
  Optional<String> owner(String accessOrRefresh) {
    return database.first(
        "select client from token where access = ? or refresh = ?",
        row -> row.getString(1),
        accessOrRefresh,
        accessOrRefresh);
  }

  /// Ends a pair, named by either of its two tokens.
  void end(String accessOrRefresh) {
    database.update(
        "delete from token where access = ? or refresh = ?", accessOrRefresh, accessOrRefresh);
  }

  void endAll(String account) {
    database.update("delete from token where person = ?", account);
  }

  String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private long now() {
    return clock.realTime().toEpochMilli();
  }

  private Access access(ResultSet row) throws SQLException {
    return new Access(
        row.getString("access"),
        Optional.ofNullable(row.getString("refresh")),
        row.getString("client"),
        Optional.ofNullable(row.getString("person")),
        row.getString("organization"),
        row.getBoolean("root"),
        Scopes.split(row.getString("scopes")),
        (row.getLong("access_expires") - now()) / 1000);
  }
}

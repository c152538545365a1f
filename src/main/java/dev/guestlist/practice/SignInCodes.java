package dev.guestlist.practice;

import java.util.Optional;
import java.util.Set;

/// Authorization codes: valid for five minutes, and once.
final class SignInCodes {
  private static final long LIFETIME_MILLIS = 5 * 60 * 1000;

  /// What somebody signed in for.
  record Grant(
      String client,
      String account,
      String organization,
      String redirect,
      String challenge,
      Set<String> scopes,
      Optional<String> nonce) {}

  private final Database database;
  private final Tokens tokens;
  private final PracticeClock clock;

  SignInCodes(Database database, Tokens tokens, PracticeClock clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
  }

  String give(Grant grant) {
    String code = tokens.secret();
    database.update(
        "insert into authorization_code values(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        code,
        grant.client(),
        grant.account(),
        grant.organization(),
        grant.redirect(),
        grant.challenge(),
        String.join(" ", grant.scopes()),
        grant.nonce().orElse(null),
        clock.realTime().toEpochMilli() + LIFETIME_MILLIS);
    return code;
  }

  /// The grant behind a code, which is used up by this.
  Optional<Grant> take(String code) {
    return database.inTransaction(() -> {
      Optional<Grant> grant =
          database.first(
              "select * from authorization_code where code = ? and expires > ?",
              row ->
                  new Grant(
                      row.getString("client"),
                      row.getString("person"),
                      row.getString("organization"),
                      row.getString("redirect"),
                      row.getString("challenge"),
                      Scopes.split(row.getString("scopes")),
                      Optional.ofNullable(row.getString("nonce"))),
              code,
              clock.realTime().toEpochMilli());
      database.update("delete from authorization_code where code = ?", code);
      return grant;
    });
  }
}

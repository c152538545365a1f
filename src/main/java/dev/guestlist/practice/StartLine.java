package dev.guestlist.practice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/// What the practice server says when it is up: everything one needs to sign in and to try it.
/// Written as one line of JSON with exactly these members; the certificate's SHA-256 fingerprint,
/// as `9D:B3:...`, only when the server speaks https.
public record StartLine(
    String baseUrl,
    String rootOrganization,
    String publicClientId,
    String technicalClientId,
    String technicalClientSecret,
    List<Account> accounts,
    List<Place> organizations,
    String inboxUrl,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> certificateSha256) {
  /// An account that can sign in, with what it may do in child organizations in words; no words
  /// means that it may do nothing there.
  public record Account(String username, String password, List<String> rights) {}

  /// An organization below the root, with some users of its parent who can be invited: of the
  /// PRIMARY store, with an e-mail address, neither invited nor member. Nobody is named where
  /// nobody can sign in.
  public record Place(String id, String name, String parentId, List<String> people) {}
}

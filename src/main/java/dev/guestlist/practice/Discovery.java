package dev.guestlist.practice;

import java.util.List;

/// The discovery document and the key set.
final class Discovery {
  private final PublishedAddress address;
  private final SigningKey signingKey;

  Discovery(PublishedAddress address, SigningKey signingKey) {
    this.address = address;
    this.signingKey = signingKey;
  }

  Answer document(Call call) {
    String base = address.oauth();
    return Answer.json(
        200,
        Json.object(
            "issuer", base + "/token",
            "authorization_endpoint", base + "/authorize",
            "token_endpoint", base + "/token",
            "revocation_endpoint", base + "/revoke",
            "userinfo_endpoint", base + "/userinfo",
            "device_authorization_endpoint", base + "/device_authorize",
            "jwks_uri", base + "/jwks",
            "response_types_supported", List.of("code"),
            "response_modes_supported", List.of("query"),
            "grant_types_supported",
                List.of(
                    "authorization_code",
                    "refresh_token",
                    "client_credentials",
                    DeviceCodes.GRANT,
                    "organization_switch"),
            "code_challenge_methods_supported", List.of("S256"),
            "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post"),
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256"),
            "scopes_supported", List.of("openid", "profile", "email"),
            "claims_supported",
                List.of("sub", "iss", "aud", "org_id", "org_name", "org_handle", "user_org")));
  }

  Answer keys(Call call) {
    return Answer.json(200, signingKey.publicKeys());
  }
}

package dev.guestlist.model;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// The certificate that a server showed, as far as a person needs it to decide whether to trust it.
///
/// @param subject whom it names, as a distinguished name
/// @param names the host names and addresses that it is for; empty when it lists none
/// @param issuer who signed it
/// @param fingerprint SHA-256 of the certificate, 64 lower-case hexadecimal digits
/// @param validFrom first moment
/// @param validUntil last moment
public record ServerCertificate(
    String subject,
    List<String> names,
    String issuer,
    String fingerprint,
    Instant validFrom,
    Instant validUntil) {

  /// How the fingerprints begin that the product's releases 7.0, 7.1 with 7.2, and 7.3 come with
  /// (wso2/product-is `modules/distribution/src/repository/resources/security/`).
  private static final List<String> DEFAULTS = List.of("9db36ba1", "9bf78253", "2ba361a0");

  public ServerCertificate {
    names = List.copyOf(names);
    if (!fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("A SHA-256 fingerprint has 64 hexadecimal digits.");
    }
  }

  /// Whether it is one that every copy of the product comes with. Its private key is public: anyone
  /// on the network can pretend to be this server.
  public boolean knownDefault() {
    return DEFAULTS.stream().anyMatch(fingerprint::startsWith) || defaultSubject();
  }

  /// The fingerprint in the form in which people compare it: pairs with colons, upper case.
  public String shownFingerprint() {
    byte[] bytes = HexFormat.of().parseHex(fingerprint);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes);
  }

  private boolean defaultSubject() {
    String plain = subject.toLowerCase(Locale.ROOT).replaceAll("\\s*,\\s*", ",") + ",";
    return plain.startsWith("cn=localhost,ou=wso2,o=wso2,");
  }
}

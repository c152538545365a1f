package dev.guestlist.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
  private static ServerCertificate certificate(String subject, String fingerprint) {
    return new ServerCertificate(
        subject, List.of("localhost"), subject, fingerprint, Instant.EPOCH, Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9db36ba1", "9bf78253", "2ba361a0"})
  void theCertificatesOfTheProductAreKnownByTheirFingerprints(String beginning) {
    assertThat(certificate("CN=id.acme.example", beginning + "0".repeat(56)).knownDefault())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=localhost, OU=WSO2, O=WSO2, L=Santa Clara, ST=CA, C=US",
        "CN=localhost,OU=WSO2,O=WSO2,L=Mountain View,ST=CA,C=US",
        "CN=localhost, OU=WSO2, O=WSO2"
      })
  void andByTheirSubject(String subject) {
    assertThat(certificate(subject, "0".repeat(64)).knownDefault()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=localhost",
        "CN=id.acme.example, OU=WSO2, O=WSO2",
        "CN=localhost, OU=WSO2, O=WSO2 Fan"
      })
  void othersAreNotTakenForThem(String subject) {
    assertThat(certificate(subject, "9db36ba0" + "0".repeat(56)).knownDefault()).isFalse();
  }

  @Test
  void theFingerprintIsShownInTheFormInWhichItIsCompared() {
    assertThat(certificate("CN=a", "9db36ba1" + "0f".repeat(28)).shownFingerprint())
        .startsWith("9D:B3:6B:A1:0F:")
        .hasSize(95);
  }

  @Test
  void whatIsNoFingerprintIsRefused() {
    assertThatThrownBy(() -> certificate("CN=a", "9DB3"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.guestlist.practice;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/// The self-signed certificate for `localhost` and `127.0.0.1`, kept with its key in the server's
/// folder. Java has no public way to make one, so its few fields are written here (RFC 5280, DER).
record Certificate(KeyStore keys, X509Certificate certificate) {
  private static final String FILE = "certificate.p12";
  private static final String ALIAS = "practice";
  // Protects nothing: whoever reads the folder may be the practice server.
  private static final char[] PASSWORD = "practice".toCharArray();
  private static final Duration VALID = Duration.ofDays(825);
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();
  private static final HexFormat BYTES = HexFormat.of();
  // ecdsa-with-SHA256, and the names of the two extensions with their identifiers.
  private static final byte[] ALGORITHM = BYTES.parseHex("300a06082a8648ce3d040302");
  private static final byte[] ALTERNATIVE_NAME = BYTES.parseHex("0603551d11");

  /// The kept certificate, or a new one.
  static Certificate keptIn(Path folder, Instant now) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return renewedIn(folder, now);
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return of(keys);
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate in " + file + " cannot be read.", e);
    }
  }

  /// A new certificate, which takes the place of the kept one.
  static Certificate renewedIn(Path folder, Instant now) throws IOException {
    Path written = folder.resolve(FILE + ".new");
    try {
      Certificate made = make(now);
      try (OutputStream out = Files.newOutputStream(written)) {
        made.keys.store(out, PASSWORD);
      }
      Files.move(written, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate of(KeyStore keys) throws GeneralSecurityException, IOException {
    if (keys.getCertificate(ALIAS) instanceof X509Certificate certificate) {
      return new Certificate(keys, certificate);
    }
    throw new IOException("There is no certificate called " + ALIAS + " in " + FILE + ".");
  }

  private static Certificate make(Instant now) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] body = body(pair.getPublic().getEncoded(), now);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(body);
    byte[] bits = der(0x03, new byte[] {0}, signer.sign());
    byte[] encoded = der(0x30, body, ALGORITHM, bits);
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, PASSWORD);
    keys.setKeyEntry(
        ALIAS, pair.getPrivate(), PASSWORD, new java.security.cert.Certificate[] {certificate});
    return of(keys);
  }

  /// What is signed: version 3, a random number, issuer and subject, the time, the key, the names.
  private static byte[] body(byte[] publicKey, Instant now) {
    byte[] serial = new byte[16];
    new SecureRandom().nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    byte[] name = new X500Principal("CN=localhost, OU=Practice, O=Guestlist").getEncoded();
    byte[] time = der(0x30, time(now.minus(Duration.ofDays(1))), time(now.plus(VALID)));
    byte[] names =
        der(
            0x30,
            der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            der(0x87, new byte[] {127, 0, 0, 1}));
    byte[] extension = der(0x30, ALTERNATIVE_NAME, der(0x04, names));
    return der(
        0x30,
        der(0xa0, der(0x02, new byte[] {2})),
        der(0x02, serial),
        ALGORITHM,
        name,
        time,
        name,
        publicKey,
        der(0xa3, der(0x30, extension)));
  }

  /// `GeneralizedTime`, as `20260105060000Z`.
  private static byte[] time(Instant at) {
    String text = at.toString().substring(0, 19).replaceAll("[-:T]", "") + "Z";
    return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length >= 0x100) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length >= 0x80) {
      whole.write(0x81);
    }
    whole.write(length & 0xff);
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  /// SHA-256 of the whole certificate, as `9D:B3:...`.
  String fingerprint() {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SSLContext context() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

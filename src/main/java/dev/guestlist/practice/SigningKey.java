package dev.guestlist.practice;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;

/// The RSA key that signs ID tokens. It is made when first needed, since that takes a while, and
/// kept with the server's identity.
final class SigningKey {
  private static final String SETTING = "signing-key";

  private final Database database;

  SigningKey(Database database) {
    this.database = database;
  }

  Map<String, Object> publicKeys() {
    return new JWKSet(key()).toJSONObject(true);
  }

  String sign(JWTClaimsSet claims) {
    try {
      RSAKey key = key();
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized RSAKey key() {
    try {
      var kept = database.setting(SETTING);
      if (kept.isPresent()) {
        return RSAKey.parse(kept.get());
      }
      RSAKey made =
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      database.keepSetting(SETTING, made.toJSONString());
      return made;
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}

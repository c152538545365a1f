package dev.guestlist.server;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds out what an access token from somewhere else is good for. Most are opaque, and only the
/// server knows what is behind them; some are JWTs whose claims can be read. Those claims are only
/// shown and never trusted: the server decides at every call.
final class PastedToken {
  private final Http http;
  private final Provider provider;

  /// What an access token says about itself.
  private record Claims(Optional<String> account, Optional<Set<String>> scopes, Instant expires) {
    static final Claims NONE = new Claims(Optional.empty(), Optional.empty(), Instant.MAX);
  }

  PastedToken(Http http, Provider provider) {
    this.http = http;
    this.provider = provider;
  }

  /// A token as far as it is known before anybody asked.
  static Tokens unexamined(String access) {
    return new Tokens(access, Optional.empty(), Set.of(), Instant.MAX, "");
  }

  static ProblemException refused() {
    return new ProblemException(new Problem.Rejected(Reason.TOKEN_REFUSED, "401", ""));
  }

  /// Tries it: a token of the root reaches root paths only, one of an organization only those with
  /// `/o/`. A 403 on both leaves open which it is; the token works, but may not even do this.
  Tokens tried(String pasted) throws ProblemException {
    String access = pasted.strip();
    if (access.isEmpty() || !access.chars().allMatch(sign -> sign > ' ' && sign < 127)) {
      throw refused();
    }
    Tokens tokens = unexamined(access);
    Optional<OrganizationId> organization =
        accepted(Call.of(Endpoint.ROOT), tokens) ? Optional.empty() : inside(tokens);
    Claims claims = claims(access);
    String account =
        UserInfoJson.accountOf(http, provider, access).or(claims::account).orElse("unknown");
    return new Tokens(
        access,
        Optional.empty(),
        claims.scopes().orElseGet(PastedToken::allScopes),
        claims.expires(),
        account,
        organization,
        Optional.empty());
  }

  /// Whether the token may do this; `false` only when it lacks the right.
  private boolean accepted(Call call, Tokens tokens) throws ProblemException {
    try {
      http.send(call, tokens, Answer::jsonText);
      return true;
    } catch (TokenRefused e) {
      throw refused();
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotAllowed) {
        return false;
      }
      if (e.problem() instanceof Problem.Rejected) {
        // the right is there, but a technical account has no organization of its own
        return true;
      }
      throw e;
    }
  }

  /// The organization that a token is bound to: the last one of the path down to it.
  private Optional<OrganizationId> inside(Tokens tokens) throws ProblemException {
    try {
      OrganizationJson[] path =
          http.send(
              Call.of(Endpoint.BREADCRUMB), tokens, whole -> whole.json(OrganizationJson[].class));
      return path.length == 0
          ? Optional.empty()
          : Optional.of(path[path.length - 1].toModel(Access.UNKNOWN).id());
    } catch (TokenRefused e) {
      throw refused();
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.NotAllowed || e.problem() instanceof Problem.Rejected) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Claims claims(String access) {
    try {
      JWTClaimsSet claims = JWTParser.parse(access).getJWTClaimsSet();
      String scope = claims.getStringClaim("scope");
      String username = claims.getStringClaim("username");
      return new Claims(
          Stream.of(Optional.ofNullable(username), Optional.ofNullable(claims.getSubject()))
              .flatMap(Optional::stream)
              .findFirst(),
          Optional.ofNullable(scope).map(words -> Set.copyOf(List.of(words.split("\\s+")))),
          claims.getExpirationTime() == null
              ? Instant.MAX
              : claims.getExpirationTime().toInstant());
    } catch (ParseException e) {
      return Claims.NONE;
    }
  }

  private static Set<String> allScopes() {
    return Set.copyOf(List.of((Scopes.ROOT + " " + Scopes.ORGANIZATION).split(" ")));
  }
}

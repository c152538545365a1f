package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// One identity server with one root organization: what can be asked of it without being inside a
/// child organization.
///
/// Every method but [#accept] needs somebody signed in: without tokens under the empty key of the
/// [TokenStore] it throws `SignedOut`. A refused token is renewed once by itself.
///
/// Somebody who signed in directly to an organization has no token of the root. That organization
/// then takes the place of the root: the same questions go to its paths with `/o/`, and see only
/// what is below it.
public final class IdentityServer implements AutoCloseable {
  private final Http http;
  private final TokenStore store;
  private final InstantSource clock;
  private final TokenEndpoint tokenEndpoint;
  private final boolean technical;
  private final boolean somebodyElses;
  private final Bearer root;
  private final OrganizationPages pages;
  private final Map<OrganizationId, Bearer> entered = new ConcurrentHashMap<>();

  /// @param secrets asked whenever one is sent; a technical account needs its client secret
  public IdentityServer(
      Connection connection, Secrets secrets, TokenStore tokens, InstantSource clock) {
    this(connection, secrets, tokens, clock, Limits.USUAL);
  }

  IdentityServer(
      Connection connection,
      Secrets secrets,
      TokenStore tokens,
      InstantSource clock,
      Limits limits) {
    this.technical = connection.signIn() == SignInWay.TECHNICAL_ACCOUNT;
    this.somebodyElses = connection.signIn() == SignInWay.PASTED_TOKEN;
    this.http = new Http(connection, secrets, limits);
    this.store = tokens;
    this.clock = clock;
    this.tokenEndpoint =
        new TokenEndpoint(
            http,
            new Provider(http, connection.settings().discovery()),
            clock,
            connection.clientId(),
            technical ? Optional.of(() -> secrets.clientSecret().orElse("")) : Optional.empty());
    this.root =
        new Bearer(
            Optional.empty(),
            store,
            tokenEndpoint,
            clock,
            technical ? Optional.of(tokenEndpoint::asItself) : Optional.empty());
    this.pages = new OrganizationPages(http, root);
  }

  /// The organization that somebody signed in to directly; empty when they did so at the root.
  private Optional<OrganizationId> home() {
    return root.kept().flatMap(Tokens::organization);
  }

  /// The organization that takes the place of the root. An account from further up is told of the
  /// place it comes from, and the path from there ends here.
  private Organization inside(OrganizationId home) throws ProblemException {
    Organization top = one(Call.of(Endpoint.ROOT));
    if (top.id().equals(home)) {
      return top;
    }
    return new OrganizationAccess(home, http, root)
        .breadcrumb().stream()
            .filter(step -> step.id().equals(home))
            .findFirst()
            .orElseThrow(() -> Provider.unreadable("a path that leads to another organization"));
  }

  /// The top organization: where the signed-in account lives.
  ///
  /// `GET /t/{root}/api/users/v1/me/organizations/root`, scope `internal_login`. A technical
  /// account is no user, so it asks `GET /t/{root}/api/server/v1/organizations/self`, or
  /// `.../metadata` of a server before 7.2, scope `internal_organization_view`.
  /// (wso2/identity-api-user `UserOrganizationService.java`, wso2/identity-api-server
  /// `organization.management/**/service/`)
  public Organization root() throws ProblemException {
    Optional<OrganizationId> home = home();
    if (home.isPresent()) {
      return inside(home.get());
    }
    if (!technical) {
      return one(Call.of(Endpoint.ROOT));
    }
    try {
      return one(Call.of(Endpoint.SELF));
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Rejected) {
        // an older server takes "self" for an id
        return one(Call.of(Endpoint.METADATA));
      }
      throw e;
    }
  }

  /// The immediate children of `parent`, or of the root when it is empty; pages are followed and
  /// repeated rows dropped. Every item has its parent set.
  ///
  /// `GET /t/{root}/api/server/v1/organizations`, scope `internal_organization_view`; an empty list
  /// has no list. (wso2/identity-api-server `organization.management/**/v1/service/`)
  public List<Organization> children(Optional<OrganizationId> parent) throws ProblemException {
    OrganizationId above = parent.isPresent() ? parent.get() : root().id();
    Call call = Call.of(Endpoint.ORGANIZATIONS).query("recursive", "false");
    List<Organization> children = new ArrayList<>();
    pages.each(
        parent.isPresent() ? call.query("filter", "parentId eq " + above) : call,
        Access.UNKNOWN,
        page -> page.forEach(child -> children.add(child.withParent(above))));
    return children;
  }

  /// Every organization below the root, page by page, without parents.
  ///
  /// `GET /t/{root}/api/server/v1/organizations?recursive=true`, scope
  /// `internal_organization_view`.
  ///
  /// @throws ProblemException also after some pages were handed on; they are then not the whole
  public void everyOrganization(Consumer<List<Organization>> page) throws ProblemException {
    pages.each(Call.of(Endpoint.ORGANIZATIONS).query("recursive", "true"), Access.UNKNOWN, page);
  }

  /// Every organization below the root that the account may switch into, page by page.
  ///
  /// `GET /t/{root}/api/users/v1/me/organizations?recursive=true`, scope `internal_login`.
  ///
  /// @throws ProblemException also after some pages were handed on; they are then not the whole
  public void enterable(Consumer<List<Organization>> page) throws ProblemException {
    pages.each(Call.of(Endpoint.ENTERABLE).query("recursive", "true"), Access.ENTERABLE, page);
  }

  /// One organization with its parent. `ORG-60064` (not below the root, or not existing) is
  /// `Rejected`.
  ///
  /// `GET /t/{root}/api/server/v1/organizations/{id}`, scope `internal_organization_view`.
  public Organization organization(OrganizationId id) throws ProblemException {
    return one(Call.of(Endpoint.ORGANIZATION).place("id", id.value()));
  }

  private Organization one(Call call) throws ProblemException {
    return root.use(tokens ->
            http.send(call.reachedBy(tokens), tokens, whole -> whole.json(OrganizationJson.class)))
        .toModel(Access.UNKNOWN);
  }

  /// Switches into an organization: takes a kept token, or asks for one of its own. The one that
  /// somebody signed in to directly is entered with the token of the sign-in.
  ///
  /// `POST /t/{root}/oauth2/token` with the grant `organization_switch`. The scopes of the answer
  /// may be fewer than asked for, down to none. (wso2-extensions/
  /// identity-oauth2-grant-organization-switch `OrganizationSwitchGrant.java`)
  ///
  /// @throws ProblemException `Rejected` with NOT_A_MEMBER, NOT_SHARED, ORGANIZATION_DISABLED,
  ///   UNKNOWN_ORGANIZATION, OTHER_BRANCH or GRANT_NOT_ENABLED, told apart by the server's
  ///   description; nothing that was entered before is touched
  public OrganizationAccess enter(OrganizationId organization) throws ProblemException {
    if (home().equals(Optional.of(organization))) {
      root.current();
      return new OrganizationAccess(organization, http, root);
    }
    Bearer bearer =
        entered.computeIfAbsent(
            organization,
            id ->
                new Bearer(
                    Optional.of(id), store, tokenEndpoint, clock, Optional.of(() -> switched(id))));
    bearer.current();
    return new OrganizationAccess(organization, http, bearer);
  }

  private Tokens switched(OrganizationId organization) throws ProblemException {
    Tokens switched = root.use(tokens -> tokenEndpoint.switchInto(organization, tokens));
    if (root.kept().isEmpty()) {
      // signed out meanwhile: nobody is there to keep it for
      throw new ProblemException(new Problem.SignedOut());
    }
    return switched;
  }

  /// Makes tokens worthless at the server, first the refresh token. A pasted token is left alone:
  /// it is somebody else's. Tells nothing of how it went: a server that is away or does not do this
  /// lets them end by themselves.
  ///
  /// The server gives the same person with the same scopes the same token on every computer
  /// (wso2-extensions/identity-inbound-auth-oauth `AccessTokenIssuer.java`), so this may end the
  /// session there as well.
  public void revoke(Tokens tokens) {
    if (somebodyElses) {
      return;
    }
    tokens.refresh().ifPresent(refresh -> revoke(refresh, "refresh_token"));
    if (!tokens.access().isBlank()) {
      revoke(tokens.access(), "access_token");
    }
  }

  private void revoke(String token, String hint) {
    try {
      tokenEndpoint.revoke(token, hint);
    } catch (ProblemException e) {
      // it ends by itself
    }
  }

  /// Asks for an answer, whatever it says, without a sign-in.
  ///
  /// `GET /t/{root}/oauth2/token/.well-known/openid-configuration`, open to everybody.
  /// (wso2-extensions/identity-inbound-auth-oauth `OIDCDiscoveryEndpoint.java`)
  public void knock() throws ProblemException {
    http.send(Call.of(Endpoint.DISCOVERY), Answer::nothing);
  }

  /// Accepts an invitation by its code. Needs no sign-in and uses the code up: an expired code and
  /// one of a member are deleted by the server. Never repeated by this class.
  ///
  /// `POST /t/{root}/o/api/server/v1/guests/invitation/accept`, open to everybody; no token is
  /// sent. (wso2-extensions/identity-organization-management `InvitationCoreServiceImpl.java`)
  ///
  /// @throws ProblemException `Rejected(UNKNOWN_CODE)`, `Rejected(ALREADY_MEMBER)`, or whatever
  ///   kept the answer away
  public void accept(ConfirmationCode code) throws ProblemException {
    Call call =
        Call.of(Endpoint.ACCEPT)
            .json(Map.of("confirmationCode", code.reveal()))
            .hiding(code.reveal());
    http.send(call, Answer::nothing);
  }

  /// At most one organization right below the root: whether that list can be read at all.
  ///
  /// `GET /t/{root}/api/server/v1/organizations?limit=1`, scope `internal_organization_view`.
  public Optional<Organization> anyOrganization() throws ProblemException {
    Call call = Call.of(Endpoint.ORGANIZATIONS).query("recursive", "false").query("limit", "1");
    OrganizationJson.Page page =
        root.use(tokens ->
            http.send(
                call.reachedBy(tokens), tokens, whole -> whole.json(OrganizationJson.Page.class)));
    return page.organizations().isEmpty()
        ? Optional.empty()
        : Optional.of(page.organizations().getFirst().toModel(Access.UNKNOWN));
  }

  /// How far the server's clock is ahead of this computer's, to about a second; negative when it is
  /// behind. Empty before the first answer.
  public Optional<Duration> clockDifference() {
    return http.clockDifference();
  }

  /// Ends running calls and lets go of connections.
  @Override
  public void close() {
    http.close();
  }
}

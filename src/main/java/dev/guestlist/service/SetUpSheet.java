package dev.guestlist.service;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.Right;
import dev.guestlist.server.Scopes;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the server's administrator sets up for a connection: the least that a role needs, and what
/// each part is for. Facts only; the screen puts them into words.
///
/// @param server address as it was typed
/// @param rootOrganization where the application is registered
/// @param client what kind of application it is
/// @param redirects addresses that the browser comes back to; empty when no browser is used. The
///   server takes any port of `127.0.0.1`, but of `localhost` only the registered one, and the
///   program needs whichever port is free (wso2-extensions/identity-inbound-auth-oauth
///   `AbstractResponseTypeRequestValidator.java`)
/// @param grants grant types to allow
/// @param scopes interfaces to authorize the application for, and rights to give to people's roles
/// @param shared whether the application must be shared with every organization that is entered
public record SetUpSheet(
    URI server,
    String rootOrganization,
    Role role,
    Client client,
    List<URI> redirects,
    List<Grant> grants,
    List<Scope> scopes,
    boolean shared) {

  /// What a person does with the program.
  public enum Role {
    /// reads lists and looks codes up
    REVIEW,
    /// invites, deletes and follows invitations up
    INVITE,
    /// looks codes up and accepts them; accepting itself needs no right
    HELPDESK
  }

  /// The kind of application.
  public enum Client {
    /// public, with PKCE (S256) as a must
    PUBLIC_WITH_PKCE,
    /// public; no browser comes back to the program
    PUBLIC,
    /// confidential, with a client secret
    CONFIDENTIAL
  }

  /// A grant type, by its name on the wire.
  public enum Grant {
    AUTHORIZATION_CODE("authorization_code"),
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
    CLIENT_CREDENTIALS("client_credentials"),
    REFRESH_TOKEN("refresh_token"),
    ORGANIZATION_SWITCH("organization_switch");

    private final String wireName;

    Grant(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /// What a right is needed for.
  public enum Feature {
    SIGN_IN,
    FIND_ORGANIZATIONS,
    LIST_INVITATIONS,
    CHECK_CODES,
    INVITE,
    DELETE_INVITATIONS,
    INVITE_AGAIN,
    CHOOSE_GROUPS,
    CHOOSE_ROLES,
    SEE_MEMBERS
  }

  /// Where a right counts.
  public enum Where {
    ROOT,
    ORGANIZATION
  }

  /// A right by its name on the server, where it counts, and what for.
  public record Scope(String name, Set<Where> where, Set<Feature> features) {
    public Scope {
      where = Set.copyOf(where);
      features = Set.copyOf(features);
    }
  }

  /// The sheet for a connection's way of signing in.
  public static SetUpSheet of(Connection connection, Role role) {
    SignInWay way = connection.signIn();
    return new SetUpSheet(
        connection.server(),
        connection.rootOrganization(),
        role,
        client(way),
        redirects(way),
        grants(way),
        scopes(way, role),
        way != SignInWay.BROWSER_INTO_ORGANIZATION);
  }

  private static Client client(SignInWay way) {
    return switch (way) {
      case BROWSER, BROWSER_INTO_ORGANIZATION -> Client.PUBLIC_WITH_PKCE;
      case DEVICE_CODE, PASTED_TOKEN -> Client.PUBLIC;
      case TECHNICAL_ACCOUNT -> Client.CONFIDENTIAL;
    };
  }

  private static List<URI> redirects(SignInWay way) {
    return switch (way) {
      case BROWSER, BROWSER_INTO_ORGANIZATION -> List.of(URI.create("http://127.0.0.1/callback"));
      case DEVICE_CODE, TECHNICAL_ACCOUNT, PASTED_TOKEN -> List.of();
    };
  }

  private static List<Grant> grants(SignInWay way) {
    return switch (way) {
      case BROWSER, BROWSER_INTO_ORGANIZATION ->
          List.of(Grant.AUTHORIZATION_CODE, Grant.REFRESH_TOKEN, Grant.ORGANIZATION_SWITCH);
      case DEVICE_CODE ->
          List.of(Grant.DEVICE_CODE, Grant.REFRESH_TOKEN, Grant.ORGANIZATION_SWITCH);
      case TECHNICAL_ACCOUNT -> List.of(Grant.CLIENT_CREDENTIALS, Grant.ORGANIZATION_SWITCH);
      case PASTED_TOKEN -> List.of(Grant.ORGANIZATION_SWITCH);
    };
  }

  /// (wso2/carbon-identity-framework `resource-access-control-v2.xml.j2`)
  private static List<Scope> scopes(SignInWay way, Role role) {
    List<Scope> scopes = new ArrayList<>();
    if (way != SignInWay.TECHNICAL_ACCOUNT) {
      // an application that signs in as itself is no user, and never gets this one
      scopes.add(
          new Scope(
              Scopes.LOGIN,
              EnumSet.of(Where.ROOT, Where.ORGANIZATION),
              EnumSet.of(Feature.SIGN_IN, Feature.FIND_ORGANIZATIONS)));
    }
    scopes.add(
        new Scope(
            Scopes.VIEW_ORGANIZATIONS_AT_ROOT,
            EnumSet.of(Where.ROOT),
            EnumSet.of(Feature.FIND_ORGANIZATIONS)));
    for (Right right : rights(role)) {
      scopes.add(new Scope(Scopes.of(right), EnumSet.of(Where.ORGANIZATION), features(right)));
    }
    return List.copyOf(scopes);
  }

  private static Set<Right> rights(Role role) {
    Set<Right> rights = new LinkedHashSet<>();
    rights.add(Right.VIEW_ORGANIZATIONS);
    rights.add(Right.LIST_INVITATIONS);
    switch (role) {
      case REVIEW, HELPDESK -> rights.add(Right.LIST_USERS);
      case INVITE -> {
        rights.add(Right.INVITE);
        rights.add(Right.DELETE_INVITATIONS);
        rights.add(Right.VIEW_GROUPS);
        rights.add(Right.VIEW_ROLES);
        rights.add(Right.LIST_USERS);
      }
    }
    return rights;
  }

  private static Set<Feature> features(Right right) {
    return switch (right) {
      case VIEW_ORGANIZATIONS -> EnumSet.of(Feature.FIND_ORGANIZATIONS);
      case LIST_INVITATIONS -> EnumSet.of(Feature.LIST_INVITATIONS, Feature.CHECK_CODES);
      case INVITE -> EnumSet.of(Feature.INVITE, Feature.INVITE_AGAIN);
      case DELETE_INVITATIONS -> EnumSet.of(Feature.DELETE_INVITATIONS, Feature.INVITE_AGAIN);
      case VIEW_GROUPS -> EnumSet.of(Feature.CHOOSE_GROUPS);
      case VIEW_ROLES -> EnumSet.of(Feature.CHOOSE_ROLES);
      case LIST_USERS -> EnumSet.of(Feature.SEE_MEMBERS);
    };
  }
}

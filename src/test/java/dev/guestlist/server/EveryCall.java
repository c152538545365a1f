package dev.guestlist.server;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Username;
import java.util.List;
import java.util.Optional;

/// Every call that the client makes with a token or without, one by one.
///
/// The order of members is: the scope that is named when the call is not allowed, and whether the
/// call must never be sent twice.
enum EveryCall {
  ROOT("internal_login", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.root();
    }
  },
  CHILDREN("internal_organization_view", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.children(Optional.of(new OrganizationId("parent-id")));
    }
  },
  EVERY_ORGANIZATION("internal_organization_view", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.everyOrganization(page -> {});
    }
  },
  ENTERABLE("internal_login", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enterable(page -> {});
    }
  },
  ORGANIZATION("internal_organization_view", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.organization(ServerFixture.CHILD);
    }
  },
  BREADCRUMB("internal_login", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).breadcrumb();
    }
  },
  INVITATIONS("internal_org_guest_mgt_invite_list", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).invitations(invitation -> {});
    }
  },
  GROUPS("internal_org_group_mgt_view", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).groups();
    }
  },
  ROLES("internal_org_role_mgt_view", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).roles();
    }
  },
  MEMBERS("internal_org_user_mgt_list", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).members(page -> {});
    }
  },
  MEMBER("internal_org_user_mgt_list", false) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).member("dora");
    }
  },
  INVITE("internal_org_guest_mgt_invite_add", true) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server
          .enter(ServerFixture.CHILD)
          .invite(List.of(Username.parse("dora")), Optional.empty(), List.of(), List.of(), false);
    }
  },
  DELETE("internal_org_guest_mgt_invite_delete", true) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).delete(new InvitationId("i-1"));
    }
  },
  CHECK("internal_org_guest_mgt_invite_list", true) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(ServerFixture.CHILD).check(CODE);
    }
  },
  ACCEPT("", true) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.accept(CODE);
    }
  },
  SWITCH("", true) {
    @Override
    void make(IdentityServer server) throws ProblemException {
      server.enter(new OrganizationId("never-entered"));
    }
  };

  static final ConfirmationCode CODE =
      ConfirmationCode.asGiven("5e2ba1d4-2c4f-4b1a-9d0e-0123456789ab");

  private final String scope;
  private final boolean once;

  EveryCall(String scope, boolean once) {
    this.scope = scope;
    this.once = once;
  }

  abstract void make(IdentityServer server) throws ProblemException;

  /// Blank when the call needs no right.
  String scope() {
    return scope;
  }

  boolean once() {
    return once;
  }

  /// Whether the call is made with an access token of its own.
  boolean withToken() {
    return this != ACCEPT && this != SWITCH;
  }
}

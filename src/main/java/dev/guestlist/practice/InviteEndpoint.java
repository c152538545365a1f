package dev.guestlist.practice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /t/{root}/o/api/server/v1/guests/invite`. The order of the checks and the missing
/// transaction over the names are those of wso2-extensions/identity-organization-management
/// `InvitationCoreServiceImpl`.
final class InviteEndpoint {
  /// The request body.
  record Wish(
      @Nullable List<@Nullable String> usernames,
      @Nullable String userDomain,
      @Nullable List<@Nullable String> roles,
      @Nullable List<@Nullable String> groups,
      @Nullable List<@Nullable Property> properties) {}

  /// A property of the body; only `manageNotificationsInternally` is read.
  record Property(@Nullable String key, @Nullable String value) {}

  /// Why one name was not invited.
  private record Reason(String code, String message, String description) {}

  private static final Reason ALREADY_THERE =
      new Reason(
          "OUI-10032",
          "Couldn't create the invitation.",
          "User is already exists in the invited organization");
  private static final Reason ALREADY_INVITED =
      new Reason(
          "OUI-10018",
          "Invitation already exists.",
          "An active invitation already exists for the user.");
  private static final Reason UNKNOWN =
      new Reason(
          "OUI-10011",
          "Invalid user identification provided.",
          "Could not find an user with given username.");
  private static final Reason NO_EMAIL =
      new Reason(
          "OUI-10030",
          "Failed to resolve the email of the invited user.",
          "Could not find the email of the invited user.");
  private static final Reason NO_CONSOLE =
      new Reason(
          "OUI-10031",
          "Invited user doesn't have console access.",
          "Could not find any role with a console access to create an invitation.");

  private final Database database;
  private final Directory directory;
  private final Invitations invitations;
  private final Scenarios scenarios;
  private final PracticeTraits traits;

  InviteEndpoint(
      Database database,
      Directory directory,
      Invitations invitations,
      Scenarios scenarios,
      PracticeTraits traits) {
    this.database = database;
    this.directory = directory;
    this.invitations = invitations;
    this.scenarios = scenarios;
    this.traits = traits;
  }

  Answer invite(Call call) {
    Wish wish = call.json(Wish.class);
    if (traits.isOld() && wish.properties() != null) {
      throw Refusal.badBody("Provided request body content is not in the expected format.");
    }
    List<@Nullable String> names = wish.usernames();
    if (names == null) {
      throw Refusal.badBody("Property usernames cannot be null.");
    }
    Directory.Organization child =
        directory.organization(call.access().organization()).orElseThrow();
    Set<String> roles =
        known("role", wish.roles(), child)
            .orElseThrow(() ->
                Refusal.rest(
                    400,
                    "OUI-60013",
                    "Invalid role list provided.",
                    "The provided role lists are not valid."));
    Set<String> groups =
        known("team", wish.groups(), child)
            .orElseThrow(() ->
                Refusal.rest(
                    400,
                    "OUI-60014",
                    "Invalid group list provided.",
                    "The provided group lists are not valid."));
    Directory.Organization parent =
        child.parent().flatMap(directory::organization).orElseThrow(() -> crash(names));
    String store = Optional.ofNullable(wish.userDomain()).orElse(Directory.PRIMARY);
    if (!parent.hasStore(store)) {
      throw crash(names);
    }
    if (names.contains(null)) {
      throw Refusal.rest(
          500, "SE-50000", "Unexpected Processing Error.", "A user name is missing.");
    }
    return new OneCall(call, child, parent, roles, groups, store, mails(wish)).run(names);
  }

  /// The ids when every one exists in the child, otherwise empty.
  private Optional<Set<String>> known(
      String table, @Nullable List<@Nullable String> ids, Directory.Organization child) {
    Set<String> all = new LinkedHashSet<>();
    for (String id : ids == null ? List.<@Nullable String>of() : ids) {
      if (id == null
          || !database.exists(
              "select 1 from " + table + " where id = ? and organization = ?", id, child.id())) {
        return Optional.empty();
      }
      all.add(id);
    }
    return Optional.of(all);
  }

  /// Whether the server mails: only a property that is not empty and does not read as true, in
  /// Java's sense, turns it off.
  private static boolean mails(Wish wish) {
    for (Property property :
        wish.properties() == null ? List.<@Nullable Property>of() : wish.properties()) {
      if (property != null
          && "manageNotificationsInternally".equals(property.key())
          && property.value() != null
          && !property.value().isEmpty()) {
        return Boolean.parseBoolean(property.value());
      }
    }
    return true;
  }

  private static Refusal crash(List<@Nullable String> names) {
    return Refusal.rest(
        500,
        "OUI-65001",
        "Unable to create the invitation.",
        "Could not create the invitation to the user " + names + ".");
  }

  /// One invite call on its way through the names, one after the other.
  private final class OneCall {
    private final Call call;
    private final Directory.Organization child;
    private final Directory.Organization parent;
    private final Set<String> roles;
    private final Set<String> groups;
    private final String store;
    private final boolean mail;
    private final boolean needsConsole;
    private final List<Map<String, Object>> results = new ArrayList<>();
    private String lookUpIn;

    OneCall(
        Call call,
        Directory.Organization child,
        Directory.Organization parent,
        Set<String> roles,
        Set<String> groups,
        String store,
        boolean mail) {
      this.call = call;
      this.child = child;
      this.parent = parent;
      this.roles = roles;
      this.groups = groups;
      this.store = store;
      this.mail = mail;
      this.lookUpIn = parent.id();
      this.needsConsole =
          roles.stream()
              .anyMatch(role ->
                  database.exists(
                      "select 1 from role where id = ? and audience_display = 'Console'", role));
    }

    Answer run(List<@Nullable String> names) {
      OptionalInt crashAfter = scenarios.nextInviteCrash();
      for (String name : names) {
        if (crashAfter.isPresent() && results.size() >= crashAfter.getAsInt()) {
          throw crash(names);
        }
        results.add(one(String.valueOf(name), names));
      }
      if (crashAfter.isPresent()) {
        throw crash(names);
      }
      return Answer.json(200, results);
    }

    private Map<String, Object> one(String name, List<@Nullable String> names) {
      int slash = name.indexOf('/');
      String domain = slash > 0 ? name.substring(0, slash) : store;
      String username = slash > 0 ? name.substring(slash + 1) : name;
      if (parent.hasStore(domain) && !child.hasStore(domain)) {
        // The first check asks the child for the name in a store it does not know.
        throw crash(names);
      }
      if (directory.person(child.id(), domain, username).isPresent()) {
        return failed(name, ALREADY_THERE);
      }
      if (invitations.hasActive(child.id(), parent.id(), domain, username)) {
        return failed(name, ALREADY_INVITED);
      }
      Optional<Directory.Person> person = directory.person(lookUpIn, domain, username);
      int every = scenarios.refuseEvery();
      boolean refused = every > 0 && (results.size() + 1) % every == 0;
      if (person.isEmpty() || refused) {
        return failed(name, UNKNOWN);
      }
      // A user who is shared into the parent moves the look-up to the organization that owns the
      // account, and it stays there for the rest of the call: a fault of all versions.
      lookUpIn = person.get().accountOrganization();
      if (person.get().email().isEmpty()) {
        return failed(name, NO_EMAIL);
      }
      if (needsConsole && !directory.hasConsoleRole(person.get().id())) {
        return failed(name, NO_CONSOLE);
      }
      Invitations.Invitation made =
          invitations.add(call.requestNumber(), child, person.get(), roles, groups, mail);
      return Json.object(
          "username",
          name,
          "result",
          Json.object("status", "Successful"),
          "confirmationCode",
          mail ? null : made.code());
    }

    private Map<String, Object> failed(String name, Reason reason) {
      return Json.object(
          "username",
          name,
          "result",
          Json.object(
              "status", "Failed",
              "errorCode", reason.code(),
              "errorMessage", reason.message(),
              "errorDescription", reason.description()));
    }
  }
}

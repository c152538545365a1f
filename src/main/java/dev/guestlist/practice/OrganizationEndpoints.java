package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The organizations API, read only (wso2/identity-api-server `organization.management`, version
/// 7.2 and later).
final class OrganizationEndpoints {
  private static final String VERSION = "v1.0.0";

  private final Directory directory;
  private final PracticeTraits traits;
  private final OrganizationList lists;

  OrganizationEndpoints(Database database, Directory directory, PracticeTraits traits) {
    this.directory = directory;
    this.traits = traits;
    this.lists = new OrganizationList(database, directory);
  }

  /// The children of the current organization, or all below it.
  Answer list(Call call) {
    Organization current = current(call);
    boolean attributes =
        OrganizationFilter.parse(call.query("filter").orElse("")).showsAttributes();
    String path = call.linkPrefix() + "/api/server/v1/organizations";
    return Answer.json(
        200,
        lists.page(
            call,
            current,
            Optional.empty(),
            path,
            one ->
                Json.object(
                    "id", one.id(),
                    "name", one.name(),
                    "orgHandle", since72(one.handle()),
                    "status", one.status(),
                    "version", since72(VERSION),
                    "hasChildren", since72(directory.hasChildren(one.id())),
                    "ref", path + "/" + one.id(),
                    "attributes", attributes ? List.of() : null)));
  }

  /// One organization out of the current one's branch. Any other id is "not an ancestor's
  /// business", also one that does not exist.
  Answer one(Call call) {
    Organization current = current(call);
    Organization wanted =
        directory
            .organization(call.pathValue("id"))
            .filter(one -> one.lineage().startsWith(current.lineage()))
            .orElseThrow(() ->
                Refusal.rest(
                    400,
                    "ORG-60064",
                    "Unable to retrieve the organization.",
                    "Organization can only be managed from an ancestor organization."));
    return Answer.json(200, details(call, current, wanted));
  }

  /// The current organization.
  Answer self(Call call) {
    if (traits.isOld()) {
      throw Refusal.framework(404);
    }
    Organization current = current(call);
    return Answer.json(200, details(call, current, current));
  }

  /// The current organization with its discovery attributes, of which this world has none, and the
  /// permissions.
  Answer metadata(Call call) {
    Organization one = current(call);
    String path = call.linkPrefix() + "/api/server/v1/organizations/";
    return Answer.json(
        200,
        Json.object(
            "id", one.id(),
            "name", one.name(),
            "orgHandle", since72(one.handle()),
            "description", one.description(),
            "status", one.status(),
            "version", since72(VERSION),
            "created", one.created().toString(),
            "lastModified", one.created().toString(),
            "type", "TENANT",
            "parent", one.parent().map(id -> Json.object("id", id, "ref", path + id)).orElse(null),
            "attributes", List.of(),
            "permissions", List.copyOf(call.access().scopes()),
            "discoveryAttributes", List.of()));
  }

  /// A member that came with 7.2.
  private <T> @Nullable T since72(T value) {
    return traits.isOld() ? null : value;
  }

  private Map<String, Object> details(Call call, Organization current, Organization one) {
    String path = call.linkPrefix() + "/api/server/v1/organizations/";
    boolean permissions = call.query("includePermissions").filter("true"::equals).isPresent();
    List<Map<String, Object>> ancestors = ancestors(current, one);
    return Json.object(
        "id", one.id(),
        "name", one.name(),
        "orgHandle", since72(one.handle()),
        "description", one.description(),
        "status", one.status(),
        "version", since72(VERSION),
        "created", one.created().toString(),
        "lastModified", one.created().toString(),
        "type", "TENANT",
        "parent", one.parent().map(id -> Json.object("id", id, "ref", path + id)).orElse(null),
        "attributes", List.of(),
        "permissions", permissions ? List.copyOf(call.access().scopes()) : null,
        "hasChildren", since72(directory.hasChildren(one.id())),
        "ancestorPath", ancestors.isEmpty() ? null : since72(ancestors));
  }

  /// From the current organization down to the parent.
  private List<Map<String, Object>> ancestors(Organization current, Organization one) {
    List<Map<String, Object>> path = new ArrayList<>();
    Optional<Organization> above = one.parent().flatMap(directory::organization);
    while (above.isPresent() && above.get().lineage().startsWith(current.lineage())) {
      Organization step = above.get();
      path.addFirst(Json.object("id", step.id(), "name", step.name(), "depth", step.depth()));
      above = step.parent().flatMap(directory::organization);
    }
    return path;
  }

  /// Where the signed-in account may go below the current organization. The links name a path that
  /// the server does not serve, as in the real one: only their cursor is of use.
  Answer mine(Call call) {
    Organization current = current(call);
    String account = account(call);
    if (call.query("authorizedAppName").filter(name -> !isApplication(name)).isPresent()) {
      throw Refusal.rest(
          400, "ORG-60035", "Invalid application name.", "The application does not exist.");
    }
    String api = "/api/users/v1/me/organizations";
    return Answer.json(
        200,
        lists.page(
            call,
            current,
            Optional.of(account),
            "/o/" + current.id() + api,
            one ->
                Json.object(
                    "id", one.id(),
                    "name", one.name(),
                    "orgHandle", since72(one.handle()),
                    "status", one.status(),
                    "version", since72(VERSION),
                    "ref", call.linkPrefix() + api + "/" + one.id())));
  }

  private static boolean isApplication(String name) {
    return List.of("Console", Client.DESKTOP.name(), Client.TECHNICAL.name()).contains(name);
  }

  /// The highest organization where the account lives.
  Answer myRoot(Call call) {
    Organization home =
        directory.person(account(call)).stream()
            .flatMap(person -> directory.organization(person.organization()).stream())
            .findFirst()
            .orElseThrow(OrganizationEndpoints::noAccount);
    return Answer.json(200, named(home));
  }

  /// The breadcrumb from there down to the current organization.
  Answer myPath(Call call) {
    Optional<Organization> step = Optional.of(current(call));
    String account = account(call);
    List<Map<String, Object>> path = new ArrayList<>();
    while (step.isPresent()) {
      Organization one = step.get();
      path.addFirst(named(one));
      boolean home =
          directory.person(account).filter(it -> it.organization().equals(one.id())).isPresent();
      step = home ? Optional.empty() : one.parent().flatMap(directory::organization);
    }
    return Answer.json(200, path);
  }

  private Map<String, Object> named(Organization one) {
    return Json.object("id", one.id(), "name", one.name(), "orgHandle", since72(one.handle()));
  }

  private Organization current(Call call) {
    return directory.organization(call.access().organization()).orElseThrow();
  }

  private static String account(Call call) {
    return call.access().account().orElseThrow(OrganizationEndpoints::noAccount);
  }

  private static Refusal noAccount() {
    return Refusal.rest(
        404,
        "ORG-60058",
        "Organization not found.",
        "No organization was found in which the user resides.");
  }
}

package dev.guestlist.server;

import dev.guestlist.model.Organization;
import dev.guestlist.model.Organization.Access;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/// Follows the cursor of an organization list to its end. The cursor is a creation time, so rows
/// can come twice at the border of two pages; each is handed on once.
final class OrganizationPages {
  /// The server cuts larger pages down to this size without a word.
  private static final String LARGEST_PAGE = "100";

  private final Http http;
  private final Bearer bearer;

  OrganizationPages(Http http, Bearer bearer) {
    this.http = http;
    this.bearer = bearer;
  }

  /// @param first the call for the first page, without its size
  /// @throws ProblemException `Unreadable` when the server leads round in a circle
  void each(Call first, Access access, Consumer<List<Organization>> page) throws ProblemException {
    Call call = first.query("limit", LARGEST_PAGE);
    Set<OrganizationId> seen = new HashSet<>();
    Set<String> cursors = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      Call next = cursor.map(after -> call.query("after", after)).orElse(call);
      OrganizationJson.Page answer =
          bearer.use(tokens ->
              http.send(
                  next.reachedBy(tokens),
                  tokens,
                  whole -> whole.json(OrganizationJson.Page.class)));
      List<Organization> fresh = new ArrayList<>();
      for (OrganizationJson row : answer.organizations()) {
        Organization organization = row.toModel(access);
        if (seen.add(organization.id())) {
          fresh.add(organization);
        }
      }
      if (!fresh.isEmpty()) {
        page.accept(List.copyOf(fresh));
      }
      cursor = cursor(answer);
      if (cursor.isPresent() && !cursors.add(cursor.get())) {
        throw unreadable("a list of organizations that has no end");
      }
    } while (cursor.isPresent());
  }

  private static Optional<String> cursor(OrganizationJson.Page page) throws ProblemException {
    for (OrganizationJson.Link link : page.links()) {
      if (link.rel().equals("next")) {
        return Optional.of(cursor(link.href()));
      }
    }
    return Optional.empty();
  }

  private static String cursor(String href) throws ProblemException {
    HttpUrl url = HttpUrl.get("http://relative/").resolve(href);
    String after = url == null ? null : url.queryParameter("after");
    if (after == null || after.isBlank()) {
      throw unreadable("a list of organizations whose next page cannot be found");
    }
    return after;
  }

  private static ProblemException unreadable(String what) {
    return new ProblemException(new Problem.Unreadable(what));
  }
}

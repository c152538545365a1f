package dev.guestlist.practice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets requests in: path, tenant, token, scopes, then the route table. What it refuses, and in
/// what order, follows the real server's authentication and authorization valves
/// (wso2-extensions/identity-carbon-auth-rest).
final class FrontDoor implements HttpHandler {
  private static final String SUPER_TENANT = "carbon.super";

  private final List<Route> routes;
  private final String rootHandle;
  private final Directory directory;
  private final Tokens tokens;
  private final Scenarios scenarios;
  private final RateLimit rateLimit;
  private final Journal journal;
  private final PracticeClock clock;

  FrontDoor(
      List<Route> routes,
      String rootHandle,
      Directory directory,
      Tokens tokens,
      Scenarios scenarios,
      RateLimit rateLimit,
      Journal journal,
      PracticeClock clock) {
    this.routes = routes;
    this.rootHandle = rootHandle;
    this.directory = directory;
    this.tokens = tokens;
    this.scenarios = scenarios;
    this.rateLimit = rateLimit;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      if (path.startsWith("/practice/") || path.startsWith("/inbox")) {
        send(exchange, answer(exchange, 0));
        return;
      }
      String method = exchange.getRequestMethod();
      long number = journal.begin(method, path);
      pause(scenarios.delay());
      Optional<Scenarios.Fault> fault = scenarios.next(method, path);
      if (fault.isPresent() && fault.get() instanceof Scenarios.Fault.DropBefore) {
        journal.end(number, 0, "dropped before the work");
        return;
      }
      Answer answer =
          rateLimit
              .refuse(path)
              .map(FrontDoor::busy)
              .or(() -> fault.flatMap(one -> instead(one, path)))
              .orElseGet(() -> answer(exchange, number));
      if (fault.isPresent() && fault.get() instanceof Scenarios.Fault.DropAfter) {
        journal.end(number, answer.status(), "done, then dropped");
        return;
      }
      boolean page = fault.isPresent() && fault.get() instanceof Scenarios.Fault.Html;
      journal.end(number, answer.status(), page ? "a page instead of the work" : "");
      send(exchange, answer);
    }
  }

  private static void pause(Duration delay) throws IOException {
    if (delay.isZero()) {
      return;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is closing");
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    DateHeader.install(exchange.getResponseHeaders(), clock);
    boolean noBody = answer.length() == 0 || exchange.getRequestMethod().equals("HEAD");
    // The JDK's server wants -1 for "no body" and 0 for "as long as it takes".
    exchange.sendResponseHeaders(answer.status(), noBody ? -1 : Math.max(answer.length(), 0));
    if (!noBody) {
      answer.body().writeTo(exchange.getResponseBody());
    }
  }

  private Answer answer(HttpExchange exchange, long number) {
    boolean scimPath = false;
    String traceId = "";
    try {
      Call call = new Call(exchange);
      traceId = call.traceId();
      scimPath = call.place().speaksScim();
      call.requestNumber(number);
      return route(call);
    } catch (Refusal refusal) {
      return refusal.answer(traceId, "127.0.0.1", scimPath);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      String what = "Unexpected Processing Error.";
      return Refusal.rest(500, "SE-50000", what, String.valueOf(e)).answer(traceId, "", false);
    }
  }

  private Answer route(Call call) {
    Place place = call.place();
    if (place.tenant().isPresent() && !isTenant(place.tenant().get())) {
      String text = place.tenant().get() + " is an invalid tenant domain";
      throw Refusal.frontDoor(404, "Not Found", text);
    }
    Optional<Answer> open = dispatch(call, true);
    if (open.isPresent()) {
      return open.get();
    }
    if (place.tenant().isEmpty() && place.child() && isAccept(place)) {
      throw Refusal.frontDoor(404, "Not Found", "Organization specific routing failed.");
    }
    Tokens.Access access = tokens.bearer(call.header("Authorization"));
    if (place.tenant().filter(rootHandle::equals).isEmpty()) {
      throw place.tenant().isEmpty() && place.child()
          ? Refusal.notAllowed()
          : Refusal.notSignedIn();
    }
    if (!isCatalogued(place)) {
      throw Refusal.notSignedIn();
    }
    boolean guestsWithoutO = place.segments().contains("guests") && !place.child();
    if (guestsWithoutO || access.isRoot() == place.child()) {
      throw Refusal.notAllowed();
    }
    call.signedInWith(access);
    return dispatch(call, false).orElseThrow(() -> Refusal.framework(404));
  }

  /// Finds the route and calls it. A known path with another method is a 405.
  private Optional<Answer> dispatch(Call call, boolean publicOnes) {
    boolean pathKnown = false;
    for (Route route : routes) {
      if (route.isPublic() != publicOnes || !route.opensTo(call.place(), rootHandle)) {
        continue;
      }
      Optional<Map<String, String>> values = route.match(call.place());
      if (values.isEmpty()) {
        continue;
      }
      pathKnown = true;
      if (route.method().equals(call.method())) {
        call.matched(values.get());
        checkScopes(route, call);
        return Optional.of(route.endpoint().answer(call));
      }
    }
    if (pathKnown) {
      throw Refusal.framework(405);
    }
    return Optional.empty();
  }

  private void checkScopes(Route route, Call call) {
    for (String scope : route.scopes()) {
      String needed = call.place().child() ? scope : Scopes.atRoot(scope);
      if (!tokens.allows(call.access(), needed)) {
        throw Refusal.notAllowed();
      }
    }
  }

  private boolean isTenant(String name) {
    return name.equals(SUPER_TENANT) || directory.organizationByHandle(name).isPresent();
  }

  private static boolean isAccept(Place place) {
    return place
        .segments()
        .equals(List.of("api", "server", "v1", "guests", "invitation", "accept"));
  }

  /// The real server's catalogue knows whole branches; below them a typo is a 404.
  private static boolean isCatalogued(Place place) {
    List<String> path = place.segments();
    boolean server =
        place.isUnder("api", "server")
            && path.size() > 3
            && List.of("guests", "organizations", "userstores").contains(path.get(3));
    boolean me = place.isUnder("api", "users") && path.size() > 4 && path.get(3).equals("me");
    boolean scim = !path.isEmpty() && path.getFirst().equals("scim2");
    return server || me || scim;
  }

  /// What a planned fault answers in the place of the work.
  private static Optional<Answer> instead(Scenarios.Fault fault, String path) {
    return switch (fault) {
      case Scenarios.Fault.Busy busy -> Optional.of(busy(busy));
      case Scenarios.Fault.Html html ->
          Optional.of(
              Answer.html(
                  html.status(),
                  "<!doctype html><html><head><title>Gateway</title></head>"
                      + "<body><h1>The page cannot be shown</h1></body></html>"));
      case Scenarios.Fault.Trouble trouble ->
          Optional.of(Refusal.trouble(path).answer("", "127.0.0.1", false));
      case Scenarios.Fault.DropBefore before -> Optional.empty();
      case Scenarios.Fault.DropAfter after -> Optional.empty();
    };
  }

  private static Answer busy(Scenarios.Fault.Busy busy) {
    // The real front door calls its own trouble "Forbidden" too.
    String text = busy.status() == 503 ? "Forbidden" : "Too Many Requests";
    Answer answer =
        Refusal.frontDoor(busy.status(), text, "The server is busy.").answer("", "", false);
    return busy.retryAfterSeconds().isPresent()
        ? answer.with("Retry-After", String.valueOf(busy.retryAfterSeconds().getAsInt()))
        : answer;
  }
}

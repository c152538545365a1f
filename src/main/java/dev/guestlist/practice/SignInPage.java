package dev.guestlist.practice;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/t/{root}/oauth2/authorize`: a page that asks for user name and password, posts them to the
/// same address, and sends the browser back with a code. PKCE with S256 is required.
final class SignInPage {
  private final Directory directory;
  private final SignInCodes codes;
  private final DirectEntry entry;

  SignInPage(Directory directory, SignInCodes codes) {
    this.directory = directory;
    this.codes = codes;
    this.entry = new DirectEntry(directory);
  }

  /// `GET`: the page, or the way back with an error.
  Answer show(Call call) {
    return check(call)
        .orElseGet(() -> {
          if (call.query("prompt").filter("none"::equals).isPresent()) {
            return back(call, "error", "login_required", "Authentication required");
          }
          return page(call, entry.of(call), call.query("login_hint").orElse(""), "");
        });
  }

  /// `POST`: the form with `username` and `password`, and `organization` when the address names
  /// none; or with `cancel`.
  Answer signIn(Call call) {
    Optional<Answer> refused = check(call);
    if (refused.isPresent()) {
      return refused.get();
    }
    Map<String, List<String>> form = call.formBody();
    if (form.containsKey("cancel")) {
      return back(call, "error", "access_denied", "User denied the consent");
    }
    DirectEntry.Target asked = entry.of(call);
    DirectEntry.Target target =
        asked instanceof DirectEntry.Target.Open
            ? entry.typed(Client.first(form, "organization").orElse(""))
            : asked;
    String username = Client.first(form, "username").orElse("");
    String password = Client.first(form, "password").orElse("");
    return switch (target) {
      case DirectEntry.Target.Found found -> enter(call, asked, found, username, password);
      case DirectEntry.Target.Refused no -> errorPage("access_denied", no.text());
      case DirectEntry.Target.Open open -> page(call, open, username, "");
    };
  }

  /// An account that exists but is no member of the organization ends on the error page, like an
  /// organization that does not exist.
  private Answer enter(
      Call call,
      DirectEntry.Target asked,
      DirectEntry.Target.Found target,
      String username,
      String password) {
    String organization = target.organization().id();
    Optional<Directory.Person> account = directory.account(organization, username, password);
    if (account.isPresent()) {
      return back(call, "code", codes.give(grant(call, account.get(), organization)), "");
    }
    return directory.account(username, password).isPresent()
        ? errorPage("access_denied", "User is not allowed to access the organization")
        : page(call, asked, username, "Login failed! Please recheck the username and password.");
  }

  private static SignInCodes.Grant grant(Call call, Directory.Person account, String organization) {
    return new SignInCodes.Grant(
        call.query("client_id").orElseThrow(),
        account.id(),
        organization,
        call.query("redirect_uri").orElseThrow(),
        call.query("code_challenge").orElseThrow(),
        Scopes.split(call.query("scope").orElse("")),
        call.query("nonce"));
  }

  /// A wrong client or callback never goes back to the caller; the browser ends on an error page.
  private Optional<Answer> check(Call call) {
    Optional<Client> client = call.query("client_id").flatMap(Client::byId);
    if (client.isEmpty() || !client.get().grants().contains("authorization_code")) {
      return Optional.of(
          errorPage("invalid_client", "A valid OAuth client could not be found for client_id"));
    }
    if (!isLoopback(call.query("redirect_uri").orElse(""))) {
      return Optional.of(
          errorPage("invalid_callback", "The registered callback does not match the given one."));
    }
    if (!call.query("response_type").orElse("").equals("code")) {
      return Optional.of(
          back(call, "error", "invalid_request", "Invalid response_type parameter value"));
    }
    boolean pkce =
        call.query("code_challenge").filter(text -> !text.isEmpty()).isPresent()
            && call.query("code_challenge_method").filter("S256"::equals).isPresent();
    if (!pkce) {
      return Optional.of(
          back(call, "error", "invalid_request", "PKCE is mandatory for this application."));
    }
    if (entry.of(call) instanceof DirectEntry.Target.Refused no) {
      return Optional.of(errorPage("access_denied", no.text()));
    }
    return Optional.empty();
  }

  /// The port does not matter for these two hosts; `localhost` is not among them.
  private static boolean isLoopback(String redirect) {
    try {
      URI uri = URI.create(redirect);
      return "http".equals(uri.getScheme())
          && ("127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Answer back(Call call, String name, String value, String description) {
    String redirect = call.query("redirect_uri").orElseThrow();
    StringBuilder target = new StringBuilder(redirect);
    target.append(redirect.contains("?") ? '&' : '?').append(name).append('=').append(url(value));
    if (!description.isEmpty()) {
      target.append("&error_description=").append(url(description));
    }
    call.query("state").ifPresent(state -> target.append("&state=").append(url(state)));
    return Answer.redirect(target.toString());
  }

  private static Answer errorPage(String code, String text) {
    return Answer.redirect(
        "/authenticationendpoint/oauth2_error.do?oauthErrorCode="
            + url(code)
            + "&oauthErrorMsg="
            + url(text));
  }

  /// The page where a sign-in without a way back ends.
  Answer showError(Call call) {
    return Page.answer(
        "Sign-in stopped",
        "<p class='bad'>"
            + Page.text(call.query("oauthErrorMsg").orElse("Unknown error."))
            + "</p><p><code>"
            + Page.text(call.query("oauthErrorCode").orElse(""))
            + "</code></p>");
  }

  private static Answer page(
      Call call, DirectEntry.Target target, String username, String complaint) {
    String organization =
        target instanceof DirectEntry.Target.Open
            ? "<label>Organization<input name=\"organization\"></label>"
            : "";
    String name =
        target instanceof DirectEntry.Target.Found found ? found.organization().name() : "ACME";
    String form =
        """
        <form method="post" action="?%s">
          %s
          %s
          <label>User name<input name="username" value="%s" autofocus></label>
          <label>Password<input name="password" type="password"></label>
          <button type="submit">Sign in</button>
          <button class="quiet" name="cancel" value="true" type="submit">Cancel</button>
        </form>
        """
            .formatted(
                Page.text(call.rawQuery()),
                complaint.isEmpty() ? "" : "<p class='bad'>" + Page.text(complaint) + "</p>",
                organization,
                Page.text(username));
    return Page.answer("Sign in to " + name, form);
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

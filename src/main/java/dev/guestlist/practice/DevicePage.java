package dev.guestlist.practice;

import java.util.List;
import java.util.Map;

/// Signing in on another screen: `POST /t/{root}/oauth2/device_authorize` hands the codes out, and
/// `/t/{root}/authenticationendpoint/device.do` is the page where the short one is typed.
final class DevicePage {
  private final Directory directory;
  private final DeviceCodes codes;
  private final PracticeTraits traits;
  private final PublishedAddress address;

  DevicePage(
      Directory directory, DeviceCodes codes, PracticeTraits traits, PublishedAddress address) {
    this.directory = directory;
    this.codes = codes;
    this.traits = traits;
    this.address = address;
  }

  Answer authorize(Call call) {
    Map<String, List<String>> form = call.formBody();
    if (Client.first(form, "client_id").isEmpty() && call.header("Authorization").isEmpty()) {
      throw Refusal.oauth(401, "invalid_request", "Missing parameters: client_id");
    }
    Client client = Client.calling(call, form);
    if (!client.grants().contains(DeviceCodes.GRANT) || traits.isOff(DeviceCodes.GRANT)) {
      throw Refusal.oauth(
          400,
          "unauthorized_client",
          "The authenticated client is not authorized to use the requested grant type.");
    }
    DeviceCodes.Pair pair =
        codes.begin(client.id(), Scopes.split(Client.first(form, "scope").orElse("")));
    String page = address.tenant() + "/authenticationendpoint/device.do";
    return Answer.json(
            200,
            Json.object(
                "device_code", pair.deviceCode(),
                "user_code", pair.userCode(),
                "verification_uri", page,
                "verification_uri_complete", page + "?user_code=" + pair.userCode(),
                "expires_in", pair.lifetime(),
                "interval", pair.pause()))
        .with("Cache-Control", "no-store");
  }

  /// `GET`: asks for code, user name and password.
  Answer show(Call call) {
    return page(call.query("user_code").orElse(""), "", "");
  }

  /// `POST`: the form with `user_code`, `username` and `password`.
  Answer signIn(Call call) {
    Map<String, List<String>> form = call.formBody();
    String code = Client.first(form, "user_code").orElse("").strip();
    String username = Client.first(form, "username").orElse("");
    if (!codes.isOpen(code)) {
      return page(code, username, "This code is not known, was used, or its time is over.");
    }
    return directory
        .account(username, Client.first(form, "password").orElse(""))
        .map(account ->
            codes.signIn(code, account.id())
                ? Page.answer("Signed in", "<p>Go back to the program that showed the code.</p>")
                : page(code, username, "This code was used meanwhile."))
        .orElseGet(
            () -> page(code, username, "Login failed! Please recheck the username and password."));
  }

  private static Answer page(String code, String username, String complaint) {
    return Page.answer(
        "Sign in with a code",
        """
        <form method="post" action="device.do">
          %s
          <label>Code<input name="user_code" value="%s" autocomplete="off" autofocus></label>
          <label>User name<input name="username" value="%s"></label>
          <label>Password<input name="password" type="password"></label>
          <button type="submit">Sign in</button>
        </form>
        """
            .formatted(
                complaint.isEmpty() ? "" : "<p class='bad'>" + Page.text(complaint) + "</p>",
                Page.text(code),
                Page.text(username)));
  }
}

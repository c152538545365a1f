package dev.guestlist.practice;

/// The page behind the button in the mail. Opening it accepts at once; it says the same for every
/// failure (wso2/identity-apps `accept-invitation.jsp`).
final class MailLink {
  private final Invitations invitations;

  MailLink(Invitations invitations) {
    this.invitations = invitations;
  }

  Answer open(Call call) {
    boolean joined =
        invitations.accept(call.requestNumber(), call.query("code").orElse(""))
            == Invitations.Accepted.JOINED;
    return joined
        ? Page.answer("Invitation accepted", "<p>You are a member of the organization now.</p>")
        : Page.answer(
            "Invitation not active",
            "<p class='bad'>The invitation is not active. It was used, withdrawn, or its time is"
                + " over.</p>");
  }

  /// A `HEAD` is answered and changes nothing.
  Answer look(Call call) {
    return Answer.empty(200);
  }
}

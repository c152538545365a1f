package dev.guestlist.app;

import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Session;
import java.net.URI;

/// Signs in at the practice server in tests, by the page that a browser would show.
public final class PracticeSignIn {
  private PracticeSignIn() {}

  public static void signIn(Session session, String username, String password)
      throws ProblemException {
    session.signIn(new PracticeBrowser(username, password));
  }

  /// Does in another thread what a person does in the browser that was asked to open an address.
  public static void inBrowser(URI address, String username, String password) {
    new PracticeBrowser(username, password).open(address);
  }
}

package dev.guestlist.app;

import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Session;

/// Signs in at the practice server in tests, by the page that a browser would show.
public final class PracticeSignIn {
  private PracticeSignIn() {}

  public static void signIn(Session session, String username, String password)
      throws ProblemException {
    session.signIn(new PracticeBrowser(username, password));
  }
}

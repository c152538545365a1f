package dev.guestlist.ui.kit;

import dev.guestlist.model.Connection;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Session;
import java.util.List;

/// Lets screens start and use the practice server without knowing it.
public interface Practice {
  /// An account of the practice server.
  ///
  /// @param rights what it may do, in words
  record Account(String username, String rights) {}

  /// Starts the server if it does not run, and answers its connection. May take a second.
  Connection start();

  boolean running();

  /// Stops the server; its data stays.
  void stop();

  /// The accounts to choose from; the first one has all rights.
  List<Account> accounts();

  /// Signs an account in through the same sign-in page that a browser would show, filled in by the
  /// program. Blocks.
  ///
  /// @throws ProblemException when that fails; nobody is signed in then
  void signIn(Session session, String username) throws ProblemException;
}

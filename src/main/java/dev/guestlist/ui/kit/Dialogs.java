package dev.guestlist.ui.kit;

import java.net.URI;

/// The few things that a screen asks of the window around it.
public interface Dialogs {

  /// A question whose buttons are its answers.
  ///
  /// @param title asks about the thing, for example "Delete 12 invitations of Northwind?"
  /// @param text what follows from it
  /// @param action what the confirming button says, for example "Delete 12"
  /// @param keep what the other button says, for example "Keep them"
  record Question(String title, String text, String action, String keep) {}

  /// Asks; `confirmed` runs when the person takes the action. Does not wait.
  void confirm(Question question, Runnable confirmed);

  /// Puts text on the clipboard.
  void copy(String text);

  /// Puts a secret on the clipboard: marked as private where the system can, and cleared after a
  /// minute if it is still there.
  void copySecret(String secret);

  /// Shows a short line about something that finished elsewhere; never for what needs an action.
  void tell(String line);

  /// Shows a short line with a way to what it tells of, which can be found without it too.
  ///
  /// @param action what its button says
  void tell(String line, String action, Runnable taken);

  /// Opens an address in the system's browser.
  void open(URI link);
}

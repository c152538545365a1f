package dev.guestlist.ui.kit;

/// Lets a screen ask for another one without knowing it.
public interface Navigator {
  void show(Screen screen);

  /// Closes what lies over the open screen, and gives the focus back to where it was.
  void closePanel();
}

package dev.guestlist.app;

/// Starts Guestlist.
public final class Launcher {
  private Launcher() {}

  public static void main(String[] args) {
    System.out.println(
        System.getProperty("guestlist.args") + javafx.application.Platform.class.getModule());
  }
}

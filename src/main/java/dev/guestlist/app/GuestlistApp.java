package dev.guestlist.app;

import java.nio.file.Path;

final class GuestlistApp {
  private GuestlistApp() {}

  static void open(Path folder) {
    System.out.println(folder);
  }
}

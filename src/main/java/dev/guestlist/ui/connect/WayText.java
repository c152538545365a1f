package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.ui.kit.Texts;

/// The ways to sign in, in words.
final class WayText {
  private WayText() {}

  static String name(SignInWay way, Texts texts) {
    return switch (way) {
      case BROWSER -> texts.get("way.browser");
      case BROWSER_INTO_ORGANIZATION -> texts.get("way.organization");
      case DEVICE_CODE -> texts.get("way.device");
      case TECHNICAL_ACCOUNT -> texts.get("way.technical");
      case PASTED_TOKEN -> texts.get("way.token");
    };
  }

  /// For whom it is and what it needs.
  static String sentence(SignInWay way, Texts texts) {
    return switch (way) {
      case BROWSER -> texts.get("way.browser.text");
      case BROWSER_INTO_ORGANIZATION -> texts.get("way.organization.text");
      case DEVICE_CODE -> texts.get("way.device.text");
      case TECHNICAL_ACCOUNT -> texts.get("way.technical.text");
      case PASTED_TOKEN -> texts.get("way.token.text");
    };
  }
}

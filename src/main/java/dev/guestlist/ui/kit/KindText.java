package dev.guestlist.ui.kit;

import dev.guestlist.model.Connection;

/// How the kind of a connection is told: by a letter, a word and a colour together.
///
/// @param letter for the little square; blank where stripes do the same
/// @param style `practice`, `test` or `production`, beside `kind-square` or `kind-strip`
public record KindText(String letter, String word, String style) {

  public static KindText of(Connection.Kind kind, Texts texts) {
    return switch (kind) {
      case PRACTICE -> new KindText("", texts.get("kind.practice"), "practice");
      case TEST -> new KindText("T", texts.get("kind.test"), "test");
      case PRODUCTION -> new KindText("P", texts.get("kind.production"), "production");
    };
  }
}

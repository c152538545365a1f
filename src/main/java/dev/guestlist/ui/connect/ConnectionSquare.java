package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection.Colour;
import dev.guestlist.model.Connection.Kind;
import dev.guestlist.ui.kit.KindText;
import dev.guestlist.ui.kit.Texts;
import java.util.Locale;
import javafx.scene.control.Label;

/// The square of a connection: its colour, and the letter of its kind.
final class ConnectionSquare {
  private ConnectionSquare() {}

  static Label of(Kind kind, Colour colour, Texts texts) {
    KindText text = KindText.of(kind, texts);
    Label square = new Label(text.letter());
    square.getStyleClass().add("kind-square");
    square.getStyleClass().add(kind == Kind.PRACTICE ? text.style() : style(colour));
    square.setAccessibleText(text.word());
    return square;
  }

  static String style(Colour colour) {
    return "colour-" + colour.name().toLowerCase(Locale.ROOT);
  }

  static String name(Colour colour, Texts texts) {
    return switch (colour) {
      case BLUE -> texts.get("connection.colour.blue");
      case GREEN -> texts.get("connection.colour.green");
      case TEAL -> texts.get("connection.colour.teal");
      case PURPLE -> texts.get("connection.colour.purple");
      case ORANGE -> texts.get("connection.colour.orange");
      case RED -> texts.get("connection.colour.red");
      case GREY -> texts.get("connection.colour.grey");
    };
  }
}

package dev.guestlist.ui.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads the fxml that lies beside a view and has its name.
public final class Fxml {
  private Fxml() {}

  /// Loads `<Name>.fxml` with `view` as its controller; `%keys` come from the texts.
  public static Parent load(Object view, Texts texts) {
    URL place = view.getClass().getResource(view.getClass().getSimpleName() + ".fxml");
    FXMLLoader loader = new FXMLLoader(place, texts.bundle());
    loader.setControllerFactory(type -> view);
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot load " + place, e);
    }
  }
}

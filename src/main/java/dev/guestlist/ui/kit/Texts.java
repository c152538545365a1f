package dev.guestlist.ui.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts for people, all from one bundle. Arguments and plural forms use [MessageFormat].
public final class Texts {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Texts(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  public static Texts english() {
    return new Texts(
        ResourceBundle.getBundle("dev.guestlist.ui.messages", Locale.ENGLISH), Locale.ENGLISH);
  }

  /// The text of a key, with its arguments filled in.
  ///
  /// @throws java.util.MissingResourceException when there is no such key
  public String get(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), locale).format(arguments);
  }

  ResourceBundle bundle() {
    return bundle;
  }
}

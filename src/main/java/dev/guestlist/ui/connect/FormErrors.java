package dev.guestlist.ui.connect;

import dev.guestlist.model.Connection.SignInWay;
import dev.guestlist.model.ServerAddress;
import dev.guestlist.ui.kit.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.StringProperty;

/// What keeps a form from being saved, each beside its field.
final class FormErrors {
  static final int LONGEST_LIFETIME = 8760;
  static final int MOST_REQUESTS = 10;
  private static final String NAME_OF_AN_ORGANIZATION = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private final ConnectionForm form;
  private final Texts texts;
  private final Map<Field, String> found = new EnumMap<>(Field.class);

  enum Field {
    NAME,
    ADDRESS,
    ROOT,
    START_IN,
    CLIENT_ID,
    SECRET,
    ACCEPT_LINK,
    LIFETIME,
    REQUESTS,
    TRUST,
    PROXY,
    DISCOVERY;

    /// Whether the field is among those that are folded away at first.
    boolean underMore() {
      return compareTo(ACCEPT_LINK) >= 0;
    }
  }

  private FormErrors(ConnectionForm form, Texts texts) {
    this.form = form;
    this.texts = texts;
  }

  /// What is wrong, in the order of the fields; empty when the form can be read.
  static Map<Field, String> of(ConnectionForm form, Texts texts) {
    FormErrors errors = new FormErrors(form, texts);
    errors.look();
    return errors.found;
  }

  /// Why the address cannot be used; empty when it can.
  static Optional<String> address(ServerAddress address, Texts texts) {
    return switch (address) {
      case ServerAddress.Understood ignored -> Optional.empty();
      case ServerAddress.NotUnderstood why ->
          Optional.of(
              switch (why) {
                case EMPTY -> texts.get("connection.address.empty");
                case NO_HOST -> texts.get("connection.address.no-host");
                case PLAIN_HTTP -> texts.get("connection.address.plain-http");
                case UNKNOWN_SCHEME -> texts.get("connection.address.unknown-scheme");
                case UNUSABLE_SIGNS -> texts.get("connection.address.unusable-signs");
              });
    };
  }

  private void look() {
    if (form.name.get().isBlank()) {
      say(Field.NAME, texts.get("connection.name.empty"));
    }
    address(form.understood(), texts).ifPresent(why -> say(Field.ADDRESS, why));
    if (!form.root.get().strip().matches(NAME_OF_AN_ORGANIZATION)) {
      say(
          Field.ROOT,
          form.root.get().isBlank()
              ? texts.get("connection.root.empty")
              : texts.get("connection.root.signs"));
    }
    boolean direct = form.way.get() == SignInWay.BROWSER_INTO_ORGANIZATION;
    if (form.startIn.get().isBlank() && direct) {
      say(Field.START_IN, texts.get("connection.start.empty"));
    }
    if (form.clientId.get().isBlank()) {
      say(Field.CLIENT_ID, texts.get("connection.client.empty"));
    }
    number(
        form.lifetime,
        LONGEST_LIFETIME,
        Field.LIFETIME,
        texts.get("connection.lifetime.error", LONGEST_LIFETIME));
    number(
        form.requests,
        MOST_REQUESTS,
        Field.REQUESTS,
        texts.get("connection.requests.error", MOST_REQUESTS));
    lookAtLinks();
    lookAtTrust();
    lookAtProxy();
  }

  private void lookAtLinks() {
    String link = form.acceptLink.get().strip();
    if (!link.isEmpty() && !(link.contains("{code}") && web(link.replace("{code}", "x")))) {
      say(Field.ACCEPT_LINK, texts.get("connection.link.error"));
    }
    String discovery = form.discovery.get().strip();
    if (!discovery.isEmpty() && !web(discovery)) {
      say(Field.DISCOVERY, texts.get("connection.discovery.error"));
    }
  }

  private void lookAtTrust() {
    switch (form.trust.get()) {
      case SYSTEM -> {}
      case FILE -> {
        if (form.trustFile.get().isBlank()) {
          say(Field.TRUST, texts.get("connection.trust.file.empty"));
        } else if (!wholePath(form.trustFile.get().strip())) {
          say(Field.TRUST, texts.get("connection.trust.file.path"));
        }
      }
      case PINNED -> {
        if (form.pinned.get().isEmpty()) {
          say(Field.TRUST, texts.get("connection.trust.pinned.empty"));
        }
      }
    }
  }

  private void lookAtProxy() {
    if (form.proxy.get() == ConnectionForm.ProxyChoice.THROUGH) {
      if (!form.proxyHost.get().strip().matches("[A-Za-z0-9.:\\[\\]-]+")) {
        say(Field.PROXY, texts.get("connection.proxy.host.error"));
      }
      number(form.proxyPort, 65_535, Field.PROXY, texts.get("connection.proxy.port.error"));
    }
  }

  private void number(StringProperty field, int most, Field at, String error) {
    String typed = field.get().strip();
    boolean good = typed.matches("[0-9]{1,5}") && Integer.parseInt(typed) >= 1;
    if (!good || Integer.parseInt(typed) > most) {
      say(at, error);
    }
  }

  private void say(Field field, String text) {
    found.putIfAbsent(field, text);
  }

  private static boolean web(String link) {
    try {
      URI uri = new URI(link);
      return ServerAddress.of(link) instanceof ServerAddress.Understood && uri.getScheme() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean wholePath(String file) {
    try {
      return Path.of(file).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}

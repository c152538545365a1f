package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.model.DeviceCode;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Session;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.kit.Texts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Signs in and keeps it for the other commands.
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description =
        "Sign in and keep it in the vault, for the other commands and the window. Without a way"
            + " the connection's own one is taken.")
final class LoginCommand extends DeskCommand {
  /// Where a client secret may be handed over without an argument, which others could read.
  private static final String SECRET = "GUESTLIST_CLIENT_SECRET";

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Name or id of the connection; not needed when there is only one.")
  private Optional<String> connection = Optional.empty();

  @ArgGroup private Way way = new Way();

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "The technical account's client secret, kept in the vault. Otherwise "
              + SECRET
              + ", or the one kept before.")
  private Optional<Path> secretFile = Optional.empty();

  /// One way of signing in.
  static final class Way {
    @Option(names = "--browser", description = "With the browser of this computer.")
    private boolean browser;

    @Option(names = "--device", description = "With a code that is typed in on another device.")
    private boolean device;

    @Option(names = "--technical", description = "As the application itself, with its secret.")
    private boolean technical;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "Try the access token in this file. It is not kept.")
    private Optional<Path> tokenFile = Optional.empty();
  }

  LoginCommand(Desk.Opener opener, Texts texts) {
    super(opener, texts);
  }

  @Override
  Exit act(Desk desk) throws Stop {
    Connection known = connection(desk, connection);
    Connection.SignInWay chosen = chosen(known);
    Connection.Settings settings = known.settings();
    boolean keeps = chosen != Connection.SignInWay.PASTED_TOKEN;
    Connection signing =
        new Connection(
            known.id(),
            known.name(),
            known.kind(),
            known.server(),
            known.rootOrganization(),
            known.clientId(),
            chosen,
            known.requestsAtOnce(),
            known.lifetime(),
            new Connection.Settings(
                settings.colour(),
                settings.favourite(),
                settings.startIn(),
                settings.discovery(),
                settings.trust(),
                settings.proxying(),
                settings.acceptLink(),
                settings.readOnly(),
                keeps));
    if (keeps && !desk.vaultKey().durable()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.login.no-vault"));
    }
    if (chosen == Connection.SignInWay.TECHNICAL_ACCOUNT) {
      keepSecret(desk, known);
    }
    Session session = desk.open(signing, false).session();
    try {
      signIn(desk, session, chosen);
    } catch (ProblemException e) {
      throw Stop.of(e.problem(), texts);
    }
    if (keeps) {
      desk.connections().save(signing);
    }
    String account = session.account().orElse("");
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("connection", known.id());
    facts.put("account", account);
    facts.put("kept", keeps);
    out.result(
        texts.get(keeps ? "cli.login.done" : "cli.login.token-works", account, known.name()),
        facts);
    return Exit.ALL_DONE;
  }

  private Connection.SignInWay chosen(Connection known) {
    if (way.device) {
      return Connection.SignInWay.DEVICE_CODE;
    }
    if (way.technical) {
      return Connection.SignInWay.TECHNICAL_ACCOUNT;
    }
    if (way.tokenFile.isPresent()) {
      return Connection.SignInWay.PASTED_TOKEN;
    }
    boolean intoOrganization = known.signIn() == Connection.SignInWay.BROWSER_INTO_ORGANIZATION;
    return way.browser && !intoOrganization ? Connection.SignInWay.BROWSER : known.signIn();
  }

  private void keepSecret(Desk desk, Connection known) throws Stop {
    Optional<String> secret =
        secretFile.isPresent()
            ? Optional.of(secretIn(secretFile.get()))
            : Optional.ofNullable(System.getenv(SECRET)).filter(text -> !text.isBlank());
    if (secret.isPresent()) {
      desk.connections().keepClientSecret(known.id(), secret.get());
    } else if (!desk.connections().hasClientSecret(known.id())) {
      throw new Stop(Exit.NOT_SIGNED_IN, texts.get("cli.login.no-secret", SECRET));
    }
  }

  private void signIn(Desk desk, Session session, Connection.SignInWay chosen)
      throws Stop, ProblemException {
    switch (chosen) {
      case BROWSER, BROWSER_INTO_ORGANIZATION -> {
        session.signIn(address -> {
          out.note(texts.get("cli.login.browser", address));
          desk.browse(address);
        });
      }
      case DEVICE_CODE -> withDeviceCode(desk, session);
      case TECHNICAL_ACCOUNT -> session.signInAsTechnicalAccount();
      case PASTED_TOKEN -> {
        if (way.tokenFile.isEmpty()) {
          throw new Stop(Exit.NOT_SIGNED_IN, texts.get("cli.login.no-token"));
        }
        session.signInWithToken(secretIn(way.tokenFile.get()));
      }
    }
  }

  /// The code appears in the session's state while the sign-in waits.
  private void withDeviceCode(Desk desk, Session session) throws ProblemException {
    AtomicReference<String> said = new AtomicReference<>("");
    try (var subscription =
        desk.changes()
            .subscribe(change -> {
              if (session.state() instanceof SessionState.SigningIn signing) {
                signing.code().ifPresent(code -> say(code, said));
              }
            })) {
      session.signInWithDeviceCode();
    }
  }

  private void say(DeviceCode code, AtomicReference<String> said) {
    if (!said.getAndSet(code.userCode()).equals(code.userCode())) {
      out.note(
          texts.get(
              "cli.login.device",
              code.address(),
              code.userCode(),
              code.withCode().map(Object::toString).orElse("-"),
              code.ends()));
    }
  }
}

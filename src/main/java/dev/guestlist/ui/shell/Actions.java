package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.service.Preparation;
import dev.guestlist.service.Session;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.kit.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that can be asked of the window by name, with the reason where it cannot be done now.
final class Actions {
  private final MainViewModel model;
  private final Theme theme;
  private final Texts texts;
  private final Session session;
  private final Background background;
  private final Runnable toggleRail;
  private final Runnable lock;

  Actions(MainViewModel model, Theme theme, Runnable toggleRail, Runnable lock) {
    this.lock = lock;
    this.model = model;
    this.theme = theme;
    this.toggleRail = toggleRail;
    texts = model.context().texts();
    session = model.context().workplace().session();
    background = model.context().background();
  }

  List<Action> all() {
    List<Action> all = new ArrayList<>();
    all.add(
        action("action.invite", "Ctrl+N", () -> model.show(new Screen.Invite()))
            .unless(noInvite()));
    all.add(action("action.accept", "Ctrl+2", () -> model.show(new Screen.Accept())));
    all.add(action("action.desk", "Ctrl+Shift+A", () -> model.show(new Screen.Desk())));
    all.add(action("action.invitations", "Ctrl+1", () -> model.show(new Screen.Invitations())));
    all.add(action("action.members", "Ctrl+3", () -> model.show(new Screen.Members())));
    all.add(action("action.runs", "Ctrl+4", () -> model.show(new Screen.Runs())));
    all.add(action("action.board", "Ctrl+5", () -> model.show(new Screen.Board())));
    all.add(action("action.prepare", "", this::prepare).unless(noPlace().or(this::noServer)));
    all.add(action("action.activity", "Ctrl+6", () -> model.show(new Screen.Activity())));
    all.add(action("action.changes", "", () -> model.show(new Screen.Changes())).unless(noPlace()));
    all.add(action("action.read-again", "F5", this::readAgain).unless(noPlace()));
    all.add(action("action.pin", "", this::pin).unless(noPlace()));
    all.add(action("action.copy-path", "", model.pathLine()::copy).unless(noPlace()));
    addSignIn(all);
    all.add(
        action(
            "action.connections", "", () -> model.show(new Screen.Connections(Optional.empty()))));
    all.add(
        action(
            "action.this-connection",
            "",
            () -> model.show(new Screen.Connections(Optional.of(model.connection().id())))));
    all.add(action("action.lock", "Ctrl+Shift+L", lock));
    all.add(action("action.secrets", "", () -> model.show(new Screen.Secrets())));
    all.add(action("action.try-server", "", model.status()::tryNow).unless(worksOffline()));
    all.add(
        session.link().chosen()
            ? action("action.go-online", "Ctrl+Shift+O", () -> model.signIn().workOffline(false))
            : action(
                "action.work-offline", "Ctrl+Shift+O", () -> model.signIn().workOffline(true)));
    all.add(action("action.theme", "", theme::toggle));
    all.add(action("action.theme-system", "", theme::followSystem));
    all.add(action("action.larger", "Ctrl+=", theme::larger));
    all.add(action("action.smaller", "Ctrl+-", theme::smaller));
    all.add(action("action.normal-size", "Ctrl+0", theme::normalSize));
    all.add(action("action.rail", "Ctrl+B", toggleRail));
    all.add(action("action.back", "Alt+Left", model::back));
    all.add(action("action.forward", "Alt+Right", model::forward));
    all.add(action("action.welcome", "", () -> model.show(new Screen.Welcome())));
    return all;
  }

  private void addSignIn(List<Action> all) {
    SignInViewModel signIn = model.signIn();
    if (signIn.atPractice()) {
      signIn
          .accountsProperty()
          .get()
          .forEach(account ->
              all.add(
                  new Action(
                          texts.get("action.sign-in-as", account.username(), account.rights()),
                          "",
                          () -> signIn.signInAs(account.username()))
                      .unless(
                          session.account().equals(Optional.of(account.username()))
                              ? Optional.of(texts.get("reason.signed-in"))
                              : worksOffline())));
      if (!signIn.practiceRuns()) {
        all.add(action("action.start-practice", "", signIn::signIn).unless(worksOffline()));
      } else {
        all.add(action("action.stop-practice", "", signIn::stopPractice));
      }
    } else {
      all.add(
          action("action.sign-in", "", signIn::signIn)
              .unless(
                  signIn.signedIn() ? Optional.of(texts.get("reason.signed-in")) : worksOffline()));
    }
    all.add(
        action("action.sign-out", "", signIn::signOut)
            .unless(
                signIn.signedIn()
                    ? Optional.empty()
                    : Optional.of(texts.get("reason.nobody-signed-in"))));
  }

  private Action action(String key, String keys, Runnable run) {
    return new Action(texts.get(key), Keys.name(keys), run);
  }

  private Optional<String> noPlace() {
    return model.hasPlace() ? Optional.empty() : Optional.of(texts.get("reason.no-organization"));
  }

  private Optional<String> noInvite() {
    Optional<OrganizationId> current = session.current();
    if (current.isEmpty()) {
      return noPlace();
    }
    if (session.connection().settings().readOnly()) {
      return Optional.of(texts.get("reason.read-only"));
    }
    boolean missing =
        session.rights(current.get()).filter(rights -> !rights.contains(Right.INVITE)).isPresent();
    return missing
        ? Optional.of(texts.get("reason.may-not-invite", placeName()))
        : Optional.empty();
  }

  private String placeName() {
    List<Organization> path = model.pathProperty().get();
    return path.isEmpty() ? texts.get("problem.here") : path.getLast().name();
  }

  /// What the open screen shows is read from the server again; the screen notices by itself.
  private void readAgain() {
    session
        .current()
        .ifPresent(id -> {
          if (model.areaProperty().get() instanceof Screen.Members) {
            background.run(() -> model.context().workplace().members().refresh(id), ignored -> {});
          } else {
            model.status().readAgain();
          }
        });
  }

  /// Reads everything of the open organization that is needed without a connection.
  private void prepare() {
    session
        .current()
        .ifPresent(id -> {
          String name = placeName();
          Dialogs dialogs = model.context().dialogs();
          dialogs.tell(texts.get("prepare.begun", name));
          background.run(
              () -> model.context().workplace().preparation().readNow(id),
              outcome -> dialogs.tell(became(outcome, name)));
        });
  }

  private String became(Preparation.Outcome outcome, String name) {
    return switch (outcome) {
      case Preparation.Outcome.Ready ready ->
          ready.invitations() && ready.members()
              ? texts.get("prepare.done", name)
              : texts.get(
                  "prepare.part", name, ready.invitations() ? 1 : 0, ready.members() ? 1 : 0);
      case Preparation.Outcome.NoAccess refused -> sentence(refused.problem(), name);
      case Preparation.Outcome.Failed failed -> sentence(failed.problem(), name);
    };
  }

  private String sentence(Problem problem, String name) {
    return ProblemText.of(problem, Optional.of(name), texts).sentence();
  }

  private Optional<String> noServer() {
    return noLine()
        .or(() ->
            session.account().isPresent()
                ? Optional.empty()
                : Optional.of(texts.get("board.reason.signed-out")));
  }

  private Optional<String> noLine() {
    return session.link().offline()
        ? session
            .link()
            .problem()
            .map(why -> ProblemText.of(why, Optional.empty(), texts).title())
            .or(() -> Optional.of(texts.get("board.reason.offline")))
        : Optional.empty();
  }

  private Optional<String> worksOffline() {
    return session.link().chosen() ? noLine() : Optional.empty();
  }

  private void pin() {
    session.current().ifPresent(id -> model.togglePin(id));
  }
}

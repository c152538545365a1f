package dev.guestlist.ui.shell;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Session;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.connect.SignInPaneViewModel;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// Signing in and out at the open connection; at the practice server also starting and stopping it.
final class SignInViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Session session;
  private final Practice practice;
  private final SignInPaneViewModel pane;
  private final Texts texts;
  private final Background background;
  private final Changes.Subscription subscription;
  private final Reread<PracticeState> practiceState;
  private final ReadOnlyStringWrapper offer = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper offerAction = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<List<Practice.Account>> accounts =
      new SimpleObjectProperty<>(List.of());
  private Optional<Problem> failure = Optional.empty();
  private boolean practiceRuns;

  private record PracticeState(boolean running, List<Practice.Account> accounts) {}

  /// Tells and asks for `context`'s connection.
  ///
  /// @param pane signs in everywhere but at the practice server
  SignInViewModel(ScreenContext context, Practice practice, SignInPaneViewModel pane) {
    this.context = context;
    this.practice = practice;
    this.pane = pane;
    session = context.workplace().session();
    texts = context.texts();
    background = context.background().scope();
    practiceState =
        Reread.of(
            background,
            () -> new PracticeState(practice.running(), practice.accounts()),
            this::takePractice);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    pane.stageProperty().addListener((property, was, is) -> show());
    practiceState.ask();
    show();
  }

  /// What to say while nobody is signed in or the server is away; blank when all is well.
  ReadOnlyStringProperty offerProperty() {
    return offer.getReadOnlyProperty();
  }

  /// What the button beside it says; blank when there is none.
  ReadOnlyStringProperty offerActionProperty() {
    return offerAction.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// The practice accounts to choose from; empty at other connections.
  ObjectProperty<List<Practice.Account>> accountsProperty() {
    return accounts;
  }

  boolean atPractice() {
    return session.connection().kind() == Connection.Kind.PRACTICE;
  }

  boolean practiceRuns() {
    return practiceRuns;
  }

  boolean signedIn() {
    return session.account().isPresent();
  }

  /// The signed-in account with its rights, as far as they are known: "pat (all rights)".
  String describe(String account) {
    return accounts.get().stream()
        .filter(one -> one.username().equals(account))
        .map(one -> texts.get("account.with-rights", one.username(), one.rights()))
        .findFirst()
        .orElse(account);
  }

  /// Does what the offer says, or what the person asked for by name: starts the practice server
  /// where it is one, and signs in.
  void signIn() {
    if (atPractice()) {
      signInAs(context.remembered().get(accountKey()).orElse(""));
    } else {
      pane.begin();
    }
  }

  /// Signs a practice account in; the first one when the name is not among them.
  void signInAs(String username) {
    context.remembered().put(accountKey(), username);
    work(() -> {
      practice.start();
      List<Practice.Account> all = practice.accounts();
      String known =
          all.stream()
              .map(Practice.Account::username)
              .filter(username::equals)
              .findFirst()
              .orElseGet(() -> all.getFirst().username());
      practice.signIn(session, known);
      context.workplace().worker().tryNow();
    });
  }

  void signOut() {
    work(session::signOut);
  }

  /// Whether somebody chose to work offline.
  boolean worksOffline() {
    return session.link().chosen();
  }

  /// Works offline, or goes online again, and signs in as last time where that is wanted. It stays
  /// so at the next start.
  void workOffline(boolean offline) {
    context.remembered().put(Places.offlineKey(session.connection()), Boolean.toString(offline));
    background.run(
        () -> {
          if (offline) {
            session.workOffline();
          } else {
            session.goOnline();
            context.workplace().worker().tryNow();
          }
          return true;
        },
        ignored -> {
          if (!offline && !atPractice()) {
            pane.goOnAsLastTime();
          }
        });
  }

  /// Does what the button beside the offer says.
  void takeOffer() {
    if (worksOffline()) {
      workOffline(false);
    } else {
      signIn();
    }
  }

  /// Signs out for somebody else; at the practice server the accounts stand in the status bar.
  void signInAsAnother() {
    signOut();
    if (!atPractice()) {
      pane.begin();
    }
  }

  void stopPractice() {
    work(() -> {
      practice.stop();
      session.probe();
    });
  }

  private void work(Background.Task task) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    failure = Optional.empty();
    show();
    background.runToEnd(
        () -> {
          try {
            task.run();
            return Optional.<Problem>empty();
          } catch (ProblemException e) {
            return Optional.of(e.problem());
          }
        },
        problem -> failure = problem,
        () -> {
          busy.set(false);
          practiceState.ask();
          show();
        });
  }

  private void changed(Change change) {
    switch (change) {
      case Change.SessionChanged ignored -> show();
      case Change.OrganizationsChanged ignored -> {}
      case Change.InvitationsChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  private void takePractice(PracticeState now) {
    practiceRuns = now.running();
    accounts.set(atPractice() ? now.accounts() : List.of());
    show();
  }

  private void show() {
    if (worksOffline()) {
      offer.set(texts.get("sign-in.offline"));
      offerAction.set(texts.get("status-bar.go-online"));
      return;
    }
    boolean paneSpeaks = !(pane.stageProperty().get() instanceof SignInPaneViewModel.Stage.Away);
    if (paneSpeaks && !atPractice()) {
      offer.set("");
      offerAction.set("");
      return;
    }
    switch (session.state()) {
      case SessionState.SigningIn ignored -> {
        offer.set(texts.get("sign-in.practice"));
        offerAction.set("");
      }
      case SessionState.SignedOut signedOut -> {
        Optional<String> why = failure.or(signedOut::why).map(this::why);
        offer.set(why.orElseGet(() -> texts.get("sign-in.signed-out")));
        offerAction.set(action());
      }
      case SessionState.SignedIn ignored -> {
        boolean away = atPractice() && session.link().offline();
        offer.set(away ? texts.get("sign-in.practice-away") : "");
        offerAction.set(away ? action() : "");
      }
    }
    if (busy.get() && atPractice()) {
      offerAction.set("");
    }
  }

  private String why(Problem problem) {
    return problem instanceof Problem.SignedOut
        ? texts.get("sign-in.ended")
        : ProblemText.of(problem, Optional.empty(), texts).sentence();
  }

  private String action() {
    if (!atPractice()) {
      return texts.get("sign-in.do");
    }
    return texts.get(practiceRuns ? "sign-in.do-practice" : "sign-in.start-practice");
  }

  private String accountKey() {
    return "shell.account/" + session.connection().id().value();
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}

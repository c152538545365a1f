package dev.guestlist.ui.shell;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.ProblemException;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.Session;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.connect.SignInPaneViewModel;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Practice;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Where the window is: which organization, which area, and the way there and back.
final class MainViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Workplace workplace;
  private final Session session;
  private final Organizations organizations;
  private final Texts texts;
  private final Background background;
  private final Changes.Subscription subscription;
  private final RailViewModel rail;
  private final PathLineViewModel pathLine;
  private final StatusBarViewModel status;
  private final SignInPaneViewModel signInPane;
  private final SignInViewModel signIn;
  private final Reread<List<Organization>> way;
  private final ReadOnlyObjectWrapper<List<Organization>> path =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<Screen> area = new SimpleObjectProperty<>(new Screen.Invitations());
  private final StringProperty notice = new SimpleStringProperty("");
  private final Deque<Visit> behind = new ArrayDeque<>();
  private final Deque<Visit> ahead = new ArrayDeque<>();
  private Optional<Visit> here = Optional.empty();
  private Optional<Visit> expected = Optional.empty();
  private Optional<String> account = Optional.empty();
  private int journeys;

  private record Visit(Screen screen, Optional<OrganizationId> organization) {}

  MainViewModel(ScreenContext context, Practice practice) {
    this.context = context;
    workplace = context.workplace();
    session = workplace.session();
    organizations = workplace.organizations();
    texts = context.texts();
    background = context.background().scope();
    rail = new RailViewModel(context);
    pathLine = new PathLineViewModel(context, this::go);
    status = new StatusBarViewModel(context, this::boardShows);
    signInPane = new SignInPaneViewModel(context);
    signIn = new SignInViewModel(context, practice, signInPane);
    way = Reread.of(background, this::readWay, this::showWay);
    subscription = workplace.changes().subscribe(background.onScreen(this::changed));
  }

  /// Goes to where the window was when it was closed, else to the choice of organizations.
  void start() {
    Screen last =
        context
            .remembered()
            .get(areaKey())
            .map(MainViewModel::screenNamed)
            .orElseGet(Screen.Invitations::new);
    Optional<OrganizationId> place =
        context.remembered().get(placeKey()).filter(id -> !id.isBlank()).map(OrganizationId::new);
    if (place.isPresent() && session.current().isEmpty()) {
      travel(new Visit(last, place), true);
    } else {
      context.navigator().show(last);
    }
    way.ask();
    noticeAccount();
  }

  RailViewModel rail() {
    return rail;
  }

  PathLineViewModel pathLine() {
    return pathLine;
  }

  StatusBarViewModel status() {
    return status;
  }

  SignInViewModel signIn() {
    return signIn;
  }

  SignInPaneViewModel signInPane() {
    return signInPane;
  }

  ScreenContext context() {
    return context;
  }

  Connection connection() {
    return session.connection();
  }

  /// From the top to the open organization, both included; empty when none is open.
  ReadOnlyObjectProperty<List<Organization>> pathProperty() {
    return path.getReadOnlyProperty();
  }

  /// The screen that is open.
  ObjectProperty<Screen> areaProperty() {
    return area;
  }

  /// What has to be said about the last try to go somewhere; blank when nothing has.
  StringProperty noticeProperty() {
    return notice;
  }

  /// Whether an organization is open.
  boolean hasPlace() {
    return session.current().isPresent();
  }

  void show(Screen screen) {
    context.navigator().show(screen);
  }

  /// Switches to an organization and stays in the same area. When the server refuses, everything
  /// stays where it was.
  void go(OrganizationId id) {
    travel(new Visit(area.get(), Optional.of(id)), false);
  }

  /// Switches to an organization and opens one of its screens.
  void goTo(OrganizationId id, Screen screen) {
    if (session.current().equals(Optional.of(id))) {
      context.navigator().show(screen);
    } else {
      travel(new Visit(screen, Optional.of(id)), true);
    }
  }

  /// To be told after a screen was opened, by whomever.
  void shown(Screen screen) {
    Visit visit = new Visit(screen, session.current());
    boolean byHistory = expected.equals(Optional.of(visit));
    expected = Optional.empty();
    if (!byHistory && here.isPresent() && !here.get().equals(visit)) {
      behind.push(here.get());
      ahead.clear();
    }
    here = Optional.of(visit);
    area.set(withoutPerson(screen));
    context.remembered().put(areaKey(), nameOf(screen));
  }

  void back() {
    walk(behind, ahead);
  }

  void forward() {
    walk(ahead, behind);
  }

  /// Pins an organization, or takes its pin away.
  void togglePin(OrganizationId id) {
    background.run(
        () -> {
          boolean pinned =
              organizations.search("", Integer.MAX_VALUE).stream()
                  .anyMatch(found -> found.pinned() && found.organization().id().equals(id));
          organizations.pin(id, !pinned);
          return texts.get(pinned ? "pin.taken-away" : "pin.set", organizations.name(id));
        },
        context.dialogs()::tell);
  }

  private void walk(Deque<Visit> from, Deque<Visit> to) {
    if (from.isEmpty()) {
      return;
    }
    Visit target = from.pop();
    here.ifPresent(to::push);
    here = Optional.empty();
    expected = Optional.of(target);
    if (target.organization().equals(session.current()) || target.organization().isEmpty()) {
      context.navigator().show(target.screen());
    } else {
      travel(target, true);
    }
  }

  private void travel(Visit target, boolean quietly) {
    OrganizationId id = target.organization().orElseThrow();
    int journey = ++journeys;
    String stillIn = path.get().isEmpty() ? "" : path.get().getLast().name();
    background.run(
        () -> enter(id, stillIn),
        refusal -> {
          if (journey != journeys) {
            return;
          }
          if (refusal.isEmpty()) {
            arrived(target, quietly);
          } else {
            notice.set(refusal.get());
            if (here.isEmpty()) {
              context.navigator().show(target.screen());
            }
          }
        });
  }

  private Optional<String> enter(OrganizationId id, String stillIn) {
    try {
      organizations.switchTo(id);
      return Optional.empty();
    } catch (ProblemException e) {
      String sentence =
          ProblemText.of(e.problem(), Optional.of(organizations.name(id)), texts).sentence();
      return Optional.of(
          stillIn.isBlank() ? sentence : texts.get("shell.refused", sentence, stillIn));
    }
  }

  private void arrived(Visit target, boolean rebuild) {
    OrganizationId id = target.organization().orElseThrow();
    notice.set("");
    context.remembered().put(placeKey(), id.value());
    way.ask();
    if (rebuild || here.isEmpty() || ofOrganization(target.screen())) {
      context.navigator().show(target.screen());
    } else {
      shown(target.screen());
    }
    if (session.ready()) {
      background.run(() -> organizations.readPath(id), ignored -> {});
    }
  }

  private void changed(Change change) {
    switch (change) {
      case Change.SessionChanged ignored -> {
        way.ask();
        noticeAccount();
      }
      case Change.OrganizationsChanged ignored -> way.ask();
      case Change.InvitationsChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  /// After somebody signed in, they enter the organization that is shown, and the names of all
  /// organizations are read quietly.
  private void noticeAccount() {
    Optional<String> now = session.account();
    boolean signedIn = now.isPresent() && !now.equals(account);
    account = now;
    if (signedIn) {
      background.run(
          () -> {
            organizations.readIndex();
            return startIn();
          },
          start -> start.filter(id -> session.current().isEmpty()).ifPresent(this::go));
      session
          .current()
          .ifPresent(id ->
              background.run(
                  () -> {
                    Optional<String> refusal = enter(id, "");
                    organizations.readPath(id);
                    return refusal;
                  },
                  refusal -> refusal.ifPresent(notice::set)));
    }
  }

  /// The organization that the connection wants to start in, once it is known by id or handle.
  private Optional<OrganizationId> startIn() {
    return session
        .connection()
        .settings()
        .startIn()
        .flatMap(wanted ->
            organizations.all().stream()
                .map(Organizations.Found::organization)
                .filter(one ->
                    one.id().value().equals(wanted) || one.handle().equals(Optional.of(wanted)))
                .map(Organization::id)
                .findFirst());
  }

  private void showWay(List<Organization> newPath) {
    path.set(newPath);
    pathLine.show(newPath);
    rail.reveal(newPath);
  }

  private List<Organization> readWay() {
    return session.current().map(organizations::path).orElse(List.of());
  }

  /// Whether a screen shows one organization and has to be made anew for another.
  private static boolean ofOrganization(Screen screen) {
    return switch (screen) {
      case Screen.Invitations ignored -> true;
      case Screen.Members ignored -> true;
      case Screen.Invite ignored -> true;
      case Screen.Welcome ignored -> false;
      case Screen.Accept ignored -> false;
      case Screen.Desk ignored -> false;
      case Screen.Runs ignored -> false;
      case Screen.Connections ignored -> false;
      case Screen.Secrets ignored -> false;
      case Screen.Find ignored -> false;
      case Screen.Board ignored -> false;
      case Screen.Across ignored -> false;
      case Screen.Activity ignored -> false;
      case Screen.Changes ignored -> true;
    };
  }

  /// The area of the window that a screen belongs to, whoever is looked at there.
  private static Screen withoutPerson(Screen screen) {
    if (screen instanceof Screen.Invitations) {
      return new Screen.Invitations();
    }
    if (screen instanceof Screen.Across) {
      return new Screen.Board();
    }
    if (screen instanceof Screen.Activity) {
      return new Screen.Activity();
    }
    return screen instanceof Screen.Members ? new Screen.Members() : screen;
  }

  private static String nameOf(Screen screen) {
    return switch (screen) {
      case Screen.Invitations ignored -> "invitations";
      case Screen.Invite ignored -> "invitations";
      case Screen.Welcome ignored -> "invitations";
      case Screen.Members ignored -> "members";
      case Screen.Accept ignored -> "accept";
      case Screen.Desk ignored -> "accept";
      case Screen.Runs ignored -> "runs";
      case Screen.Connections ignored -> "invitations";
      case Screen.Secrets ignored -> "invitations";
      case Screen.Find ignored -> "invitations";
      case Screen.Board ignored -> "board";
      case Screen.Across ignored -> "board";
      case Screen.Activity ignored -> "activity";
      case Screen.Changes ignored -> "changes";
    };
  }

  private static Screen screenNamed(String name) {
    return switch (name) {
      case "members" -> new Screen.Members();
      case "accept" -> new Screen.Accept();
      case "runs" -> new Screen.Runs();
      case "board" -> new Screen.Board();
      case "activity" -> new Screen.Activity();
      case "changes" -> new Screen.Changes();
      default -> new Screen.Invitations();
    };
  }

  private boolean boardShows() {
    return here.map(Visit::screen).filter(Screen.Board.class::isInstance).isPresent();
  }

  private String placeKey() {
    return "shell.organization/" + session.connection().id().value();
  }

  private String areaKey() {
    return "shell.area/" + session.connection().id().value();
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
    rail.close();
    pathLine.close();
    status.close();
    signIn.close();
    signInPane.close();
  }
}

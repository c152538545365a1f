package dev.guestlist.ui.shell;

import dev.guestlist.model.ConnectionId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.ui.accept.AcceptView;
import dev.guestlist.ui.accept.AcceptViewModel;
import dev.guestlist.ui.activity.ActivityView;
import dev.guestlist.ui.activity.ActivityViewModel;
import dev.guestlist.ui.board.AcrossView;
import dev.guestlist.ui.board.AcrossViewModel;
import dev.guestlist.ui.board.BoardView;
import dev.guestlist.ui.board.BoardViewModel;
import dev.guestlist.ui.changes.ChangesView;
import dev.guestlist.ui.changes.ChangesViewModel;
import dev.guestlist.ui.invitations.InvitationsView;
import dev.guestlist.ui.invitations.InvitationsViewModel;
import dev.guestlist.ui.invite.InviteDialogView;
import dev.guestlist.ui.invite.InviteDialogViewModel;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Navigator;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.members.MembersView;
import dev.guestlist.ui.members.MembersViewModel;
import dev.guestlist.ui.runs.RunsView;
import dev.guestlist.ui.runs.RunsViewModel;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Opens every screen, each time anew, and closes the one before; but the list of codes is kept
/// while the connection is open, so that whoever comes back finds it as it was. The only place that
/// knows them all.
public final class Screens implements Navigator, AutoCloseable {
  private final ScreenContext context;
  private final Texts texts;
  private final StackPane place;
  private final Overlay panel;
  private final Runnable welcome;
  private final Function<Optional<ConnectionId>, Opened> connections;
  private final Runnable secrets;
  private final Runnable desk;
  private final FilePicker files;
  private BiConsumer<OrganizationId, Screen> goTo = (organization, screen) -> {};
  private boolean hidden;
  private Optional<Codes> codes = Optional.empty();
  private Consumer<Screen> shown = screen -> {};
  private Supplier<Opened> start = () -> new Opened(new Region(), () -> {});
  private Consumer<String> find = name -> {};
  private Runnable signIn = () -> {};
  private Runnable signInAsAnother = () -> {};
  private Runnable closeScreen = () -> {};
  private Runnable closePanel = () -> {};

  /// A screen that is open, and how to close it.
  record Opened(Region root, Runnable close) {}

  /// The list of codes, which outlives its screen.
  private record Codes(AcceptViewModel model, AcceptView view, Opened opened) {
    void close() {
      view.close();
      model.close();
    }
  }

  /// Opens screens in `place`, and panels over `around`.
  ///
  /// @param makeContext what the screens get, made for this navigator
  /// @param welcome leaves the connection for the start page
  /// @param connections makes the screen of all connections, with one of them chosen
  /// @param secrets shows the page about the key of secrets
  /// @param desk shows the small window for codes
  /// @param files asks for files
  Screens(
      Function<Navigator, ScreenContext> makeContext,
      StackPane place,
      StackPane around,
      Runnable welcome,
      Function<Optional<ConnectionId>, Opened> connections,
      Runnable secrets,
      Runnable desk,
      FilePicker files) {
    this.desk = desk;
    this.files = files;
    this.secrets = secrets;
    this.connections = connections;
    this.context = makeContext.apply(this);
    this.texts = context.texts();
    this.place = place;
    this.panel = new Overlay(around);
    this.welcome = welcome;
  }

  ScreenContext context() {
    return context;
  }

  /// Ties the screens to the window around them.
  ///
  /// @param newShown told after a screen was opened
  /// @param newStart makes what is shown while no organization is open
  /// @param newGoTo opens a screen of an organization
  /// @param newSignIn lets somebody sign in
  /// @param newSignInAsAnother signs out, and lets somebody else sign in
  /// @param newFind looks for people of a name
  void attach(
      Consumer<Screen> newShown,
      Supplier<Opened> newStart,
      BiConsumer<OrganizationId, Screen> newGoTo,
      Runnable newSignIn,
      Runnable newSignInAsAnother,
      Consumer<String> newFind) {
    find = newFind;
    signIn = newSignIn;
    signInAsAnother = newSignInAsAnother;
    goTo = newGoTo;
    shown = newShown;
    start = newStart;
  }

  /// Forgets the codes that nothing is done with yet, and hides the place where they are shown in
  /// full, now and on screens that are opened; or shows it again.
  void hideCodes(boolean newHidden) {
    hidden = newHidden;
    codes.ifPresent(it -> {
      it.view().hideCodes(newHidden);
      if (newHidden) {
        it.model().forgetCodes();
      }
    });
  }

  boolean panelOpen() {
    return panel.showing();
  }

  @Override
  public void show(Screen screen) {
    switch (screen) {
      case Screen.Welcome ignored -> welcome.run();
      case Screen.Secrets ignored -> secrets.run();
      case Screen.Desk ignored -> desk.run();
      case Screen.Find people -> find.accept(people.name());
      case Screen.Invite ignored -> {
        if (context.workplace().session().current().isPresent()) {
          closePanel();
          showPanel(open(screen));
        }
      }
      default -> {
        closePanel();
        showScreen(open(screen));
        shown.accept(screen);
      }
    }
  }

  @Override
  public void closePanel() {
    panel.close();
    closePanel.run();
    closePanel = () -> {};
  }

  private Opened open(Screen screen) {
    boolean noPlace = context.workplace().session().current().isEmpty();
    return switch (screen) {
      case Screen.Welcome ignored -> start.get();
      case Screen.Invitations at -> {
        if (noPlace) {
          yield start.get();
        }
        InvitationsViewModel model = new InvitationsViewModel(context, at.person());
        yield opened(new InvitationsView(model, texts).root(), model::close);
      }
      case Screen.Invite ignored -> {
        InviteDialogViewModel model = new InviteDialogViewModel(context);
        yield opened(new InviteDialogView(model, texts).root(), model::close);
      }
      case Screen.Accept ignored -> {
        Codes kept = codes.orElseGet(this::newCodes);
        codes = Optional.of(kept);
        yield kept.opened();
      }
      case Screen.Members at -> {
        if (noPlace) {
          yield start.get();
        }
        MembersViewModel model = new MembersViewModel(context, files, at.person());
        yield opened(new MembersView(model, texts).root(), model::close);
      }
      case Screen.Runs ignored -> {
        RunsViewModel model =
            new RunsViewModel(
                context, new RunsViewModel.Ways(goTo, signIn, signInAsAnother, files));
        yield opened(new RunsView(model, texts).root(), model::close);
      }
      case Screen.Connections connection -> connections.apply(connection.chosen());
      case Screen.Secrets ignored -> start.get();
      case Screen.Desk ignored -> start.get();
      case Screen.Find ignored -> start.get();
      case Screen.Board ignored -> {
        BoardViewModel model = new BoardViewModel(context, files, goTo);
        yield opened(new BoardView(model, texts).root(), model::close);
      }
      case Screen.Across across -> {
        AcrossViewModel model =
            new AcrossViewModel(context, files, goTo, across.which(), across.only());
        yield opened(new AcrossView(model, texts).root(), model::close);
      }
      case Screen.Activity at -> {
        ActivityViewModel model = new ActivityViewModel(context, files, at.search());
        yield opened(new ActivityView(model, texts).root(), model::close);
      }
      case Screen.Changes at -> {
        if (noPlace) {
          yield start.get();
        }
        ChangesViewModel model = new ChangesViewModel(context, at.since());
        yield opened(new ChangesView(model, texts).root(), model::close);
      }
    };
  }

  private Codes newCodes() {
    AcceptViewModel model = new AcceptViewModel(context, new AcceptViewModel.Ways(goTo, signIn));
    AcceptView view = new AcceptView(model, texts);
    view.hideCodes(hidden);
    return new Codes(model, view, opened(view.root(), model::left));
  }

  static Opened opened(Parent root, Runnable close) {
    return new Opened(root instanceof Region region ? region : new StackPane(root), close);
  }

  private void showScreen(Opened opened) {
    if (place.getChildren().contains(opened.root())) {
      return;
    }
    closeScreen.run();
    closeScreen = opened.close();
    place.getChildren().setAll(opened.root());
    Focus.first(opened.root());
  }

  private void showPanel(Opened opened) {
    closePanel = opened.close();
    StackPane frame = new StackPane(opened.root());
    frame.getStyleClass().addAll("panel", "work-panel");
    frame.setMaxSize(860, Region.USE_PREF_SIZE);
    panel.show(frame, Pos.CENTER, new Insets(24), this::closePanel);
  }

  @Override
  public void close() {
    closePanel();
    codes.ifPresent(Codes::close);
    codes = Optional.empty();
    closeScreen.run();
    closeScreen = () -> {};
  }
}

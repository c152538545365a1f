package dev.guestlist.ui.invitations;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Instant;
import java.util.Optional;

/// Keeps the list of one organization up to date: reads what this computer keeps whenever that
/// changes, and the server's list when asked or when the server is back. Belongs to the screen's
/// thread.
final class ListFeed implements AutoCloseable {
  private final ScreenContext context;
  private final Background background;
  private final OrganizationId organization;
  private final Runnable news;
  private final Reading reading;
  private final Reread<KeptList> list;
  private final Changes.Subscription subscription;
  private Optional<KeptList> kept = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private int edition;
  private boolean wasReady;

  /// @param news told whenever anything here has changed
  ListFeed(
      ScreenContext context, Background background, OrganizationId organization, Runnable news) {
    this.context = context;
    this.background = background;
    this.organization = organization;
    this.news = news;
    reading = new Reading(context.texts());
    list = Reread.of(background, () -> KeptList.read(context, organization), this::show);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    wasReady = context.workplace().session().ready();
  }

  /// Empty until this computer's list was read once.
  Optional<KeptList> kept() {
    return kept;
  }

  /// Grows with every reading of what this computer keeps.
  int edition() {
    return edition;
  }

  /// What kept the server's list away last; empty when it came, or was not asked for.
  Optional<Problem> problem() {
    return problem;
  }

  Reading reading() {
    return reading;
  }

  /// Shows what is kept, and reads the server's list.
  void start() {
    list.ask();
    refresh();
  }

  /// Reads the list from the server; what is shown stays until the answer is here.
  void refresh() {
    if (reading.going()) {
      return;
    }
    reading.begin(context.clock().instant());
    news.run();
    background.runToEnd(
        () -> context.workplace().invitations().refresh(organization),
        answer -> problem = answer,
        () -> {
          reading.end();
          news.run();
        });
  }

  /// Lets time pass: some status may change by itself.
  void tick(Instant moment) {
    reading.tick(moment);
    if (kept.flatMap(KeptList::turnsAt).filter(turn -> !turn.isAfter(moment)).isPresent()) {
      list.ask();
    }
  }

  @Override
  public void close() {
    subscription.close();
  }

  private void changed(Change change) {
    switch (change) {
      case Change.InvitationsChanged invitations -> {
        if (invitations.organization().equals(organization)) {
          list.ask();
        }
      }
      case Change.OrganizationsChanged ignored -> list.ask();
      case Change.RunsChanged ignored -> {
        // what a run does to invitations is told as a change of these
      }
      case Change.SessionChanged ignored -> {
        boolean ready = context.workplace().session().ready();
        boolean back = ready && !wasReady;
        wasReady = ready;
        if (back) {
          refresh();
        }
        news.run();
      }
    }
  }

  private void show(KeptList list) {
    kept = Optional.of(list);
    edition++;
    news.run();
  }
}

package dev.guestlist.ui.invitations;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.History;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The former days whose lists are kept, and the one that is looked at in the place of the newest
/// list. Belongs to the screen's thread.
final class FormerDays {
  private final ScreenContext context;
  private final Background background;
  private final OrganizationId organization;
  private final Runnable news;
  private final Ages ages;
  private final ReadOnlyObjectWrapper<List<History.Day>> days =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<History.Day>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<KeptList> list = Optional.empty();
  private int edition;

  /// @param news told when another list is to be shown
  FormerDays(
      ScreenContext context, Background background, OrganizationId organization, Runnable news) {
    this.context = context;
    this.background = background;
    this.organization = organization;
    this.news = news;
    ages = new Ages(context.texts(), ZoneId.systemDefault());
  }

  /// Newest first.
  ReadOnlyObjectProperty<List<History.Day>> daysProperty() {
    return days.getReadOnlyProperty();
  }

  /// The day that is looked at; empty for the newest list.
  ReadOnlyObjectProperty<Optional<History.Day>> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /// The list of that day; empty while the newest list is to be shown.
  Optional<KeptList> list() {
    return list;
  }

  /// Grows with every other list.
  int edition() {
    return edition;
  }

  /// When the list of a day was read, by the clock.
  String name(History.Day day) {
    return ages.moment(day.readAt(), context.clock().instant());
  }

  /// Takes over which days there are. A day that is not kept any more is left for the newest list.
  void offer(List<History.Day> kept) {
    if (!kept.equals(days.get())) {
      days.set(kept);
    }
    if (chosen.get().filter(day -> !kept.contains(day)).isPresent()) {
      look(Optional.empty());
    }
  }

  /// Shows the list of a day, or the newest one.
  void look(Optional<History.Day> day) {
    if (day.equals(chosen.get())) {
      return;
    }
    chosen.set(day);
    if (day.isEmpty()) {
      show(Optional.empty());
      return;
    }
    background.run(
        () -> KeptList.former(context, organization, day.get()),
        found -> {
          if (chosen.get().equals(day)) {
            show(Optional.of(found));
          }
        });
  }

  private void show(Optional<KeptList> other) {
    list = other;
    edition++;
    news.run();
  }
}

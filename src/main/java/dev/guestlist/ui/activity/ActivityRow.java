package dev.guestlist.ui.activity;

import dev.guestlist.model.Activity;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.ui.kit.ActivityText;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Optional;

/// One line, ready to be shown.
///
/// @param what what was done, in words
/// @param outcome what became of it; empty where that says nothing
/// @param run blank where no run did it
record ActivityRow(
    long id,
    String time,
    String what,
    String person,
    Optional<StatusText> outcome,
    String place,
    String account,
    String run,
    String detail) {

  static ActivityRow of(ActivityLog.Line line, Ages ages, Instant now, Texts texts) {
    Activity activity = line.activity();
    String place = line.organization().isBlank() ? line.connection() : line.organization();
    ActivityText words = ActivityText.of(activity, texts);
    return new ActivityRow(
        activity.id(),
        ages.moment(activity.at(), now),
        words.what(),
        activity.person(),
        words.outcome(),
        place,
        activity.account(),
        words.run(),
        words.detail());
  }
}

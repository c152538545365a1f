package dev.guestlist.ui.activity;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Wish;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.DecisionWords;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.StatusText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.util.Arrays;
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
    String run =
        activity.run().map(number -> texts.get("activity.run", number.toString())).orElse("");
    return new ActivityRow(
        activity.id(),
        ages.moment(activity.at(), now),
        what(activity, texts),
        activity.person(),
        outcome(activity, texts),
        place,
        activity.account(),
        activity.ticket().number().isBlank() ? run : run + " \u00b7 " + activity.ticket().number(),
        detail(activity, texts));
  }

  private static Optional<StatusText> outcome(Activity activity, Texts texts) {
    return activity
        .outcome()
        .flatMap(state -> activity.wish().map(wish -> new RunWords(texts).word(state, wish)));
  }

  private static String what(Activity activity, Texts texts) {
    return switch (activity.kind()) {
      case SIGNED_IN -> texts.get("activity.signed-in");
      case SIGNED_OUT -> texts.get("activity.signed-out");
      case LIST_READ -> read(activity, texts);
      case RUN_POSTED -> texts.get("activity.run-posted", wish(activity, texts));
      case ROW_DONE -> wish(activity, texts);
      case DECIDED -> texts.get("activity.decided", wish(activity, texts));
      case EXPORTED -> texts.get("activity.exported");
    };
  }

  private static String wish(Activity activity, Texts texts) {
    return activity
        .wish()
        .map(wish ->
            switch (wish) {
              case Wish.Invite ignored -> texts.get("activity.invite");
              case Wish.InviteAgain ignored -> texts.get("activity.invite-again");
              case Wish.Delete ignored -> texts.get("activity.delete");
              case Wish.Accept ignored -> texts.get("activity.accept");
            })
        .orElse("");
  }

  /// The detail of such a line is a number and what was read.
  private static String read(Activity activity, Texts texts) {
    String what = activity.detail().substring(activity.detail().indexOf(' ') + 1);
    return switch (what) {
      case "INVITATIONS" -> texts.get("activity.read.invitations");
      case "MEMBERS" -> texts.get("activity.read.members");
      default -> texts.get("activity.read.groups");
    };
  }

  private static String decision(Activity activity, Texts texts) {
    return Arrays.stream(Decision.values())
        .filter(one -> one.name().equals(activity.detail()))
        .findFirst()
        .map(one -> DecisionWords.of(one, texts))
        .orElse(activity.detail());
  }

  private static String detail(Activity activity, Texts texts) {
    String first = activity.detail().split(" ", 2)[0];
    return switch (activity.kind()) {
      case LIST_READ -> texts.get("activity.entries", first);
      case RUN_POSTED -> texts.get("activity.rows", first);
      case EXPORTED -> {
        String file = activity.detail().substring(activity.detail().indexOf(' ') + 1);
        yield texts.get("activity.lines", first, file);
      }
      case DECIDED -> decision(activity, texts);
      case SIGNED_IN, SIGNED_OUT, ROW_DONE -> activity.detail();
    };
  }
}

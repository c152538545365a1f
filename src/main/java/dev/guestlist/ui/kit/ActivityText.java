package dev.guestlist.ui.kit;

import dev.guestlist.model.Activity;
import dev.guestlist.model.Wish;
import java.util.Optional;

/// A line of the activity in words.
///
/// @param what what was done
/// @param outcome what became of it; empty where that says nothing
/// @param run with its ticket; blank where no run did it
public record ActivityText(String what, Optional<StatusText> outcome, String run, String detail) {

  public static ActivityText of(Activity activity, Texts texts) {
    String run =
        activity.run().map(number -> texts.get("activity.run", number.toString())).orElse("");
    return new ActivityText(
        what(activity, texts),
        outcome(activity, texts),
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

  private static String detail(Activity activity, Texts texts) {
    String first = activity.detail().split(" ", 2)[0];
    return switch (activity.kind()) {
      case LIST_READ -> texts.get("activity.entries", Long.parseLong(first));
      case RUN_POSTED -> texts.get("activity.rows", first);
      case EXPORTED -> {
        String file = activity.detail().substring(activity.detail().indexOf(' ') + 1);
        yield texts.get("activity.lines", first, file);
      }
      case DECIDED -> DecisionWords.ofLine(activity.detail(), texts);
      case SIGNED_IN, SIGNED_OUT, ROW_DONE -> activity.detail();
    };
  }
}

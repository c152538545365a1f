package dev.guestlist.practice;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The switches as JSON, below `/practice/`. Every switch is a `POST` with a JSON object and
/// answers 204, or 200 with the users it was about; a wrong one is a 400 that says why.
final class ScenarioEndpoints {
  /// `{"millis":2000}`.
  record Slow(long millis) {}

  /// `{"when":"before"|"after","path":"guests/invite","count":1}`.
  record Drop(String when, @Nullable String path, @Nullable Integer count) {}

  /// `{"status":503,"path":"","count":3,"retryAfter":5}`.
  record Busy(
      int status, @Nullable String path, @Nullable Integer count, @Nullable Integer retryAfter) {}

  /// `{"status":502,"path":"scim2","count":1}`.
  record Html(int status, @Nullable String path, @Nullable Integer count) {}

  /// `{"path":"guests/invite","count":1}`.
  record Trouble(@Nullable String path, @Nullable Integer count) {}

  /// `{"username":"ina","organization":"Northwind"}`.
  record Member(String username, String organization) {}

  /// `{"people":2}`.
  record People(int people) {}

  /// `{"count":1}`.
  record Count(int count) {}

  /// `{"username":"pat"}`.
  record Who(String username) {}

  /// `{"username":"pat","organization":"Northwind","scope":"internal_org_..."}`.
  record Right(String username, String organization, String scope) {}

  /// `{"organization":"Northwind","name":"sales"}`.
  record Thing(String organization, String name) {}

  /// `{"by":"PT73H"}`.
  record Move(String by) {}

  /// `{"action":"accept"|"delete"|"invite","organization":"Northwind","count":2,"usernames":[]}`.
  record Others(
      String action,
      String organization,
      @Nullable Integer count,
      @Nullable List<String> usernames) {}

  /// Does what a switch says.
  interface Turn<T> {
    void turn(T body);
  }

  private final PracticeControl control;

  ScenarioEndpoints(PracticeControl control) {
    this.control = control;
  }

  Answer slow(Call call) {
    return turn(call, Slow.class, it -> control.answerSlowly(Duration.ofMillis(it.millis())));
  }

  Answer drop(Call call) {
    return turn(
        call,
        Drop.class,
        it -> {
          switch (String.valueOf(it.when())) {
            case "before" -> control.dropBeforeWork(text(it.path()), count(it.count()));
            case "after" -> control.dropAfterWork(text(it.path()), count(it.count()));
            default -> throw new IllegalArgumentException("when is before or after.");
          }
        });
  }

  Answer busy(Call call) {
    return turn(
        call,
        Busy.class,
        it ->
            control.beBusy(
                text(it.path()),
                it.status(),
                count(it.count()),
                it.retryAfter() == null ? OptionalInt.empty() : OptionalInt.of(it.retryAfter())));
  }

  Answer html(Call call) {
    return turn(
        call,
        Html.class,
        it -> control.answerHtml(text(it.path()), it.status(), count(it.count())));
  }

  Answer trouble(Call call) {
    return turn(call, Trouble.class, it -> control.beInTrouble(text(it.path()), count(it.count())));
  }

  Answer crashAccepts(Call call) {
    return turn(call, Count.class, it -> control.crashAccepts(it.count()));
  }

  Answer addGroup(Call call) {
    return turn(call, Thing.class, it -> control.addGroup(it.organization(), it.name()));
  }

  Answer removeMember(Call call) {
    return turn(call, Member.class, it -> control.removeMember(it.organization(), it.username()));
  }

  Answer crashInvite(Call call) {
    return turn(call, People.class, it -> control.crashInviteAfter(it.people()));
  }

  Answer refusePeople(Call call) {
    return turn(call, People.class, it -> control.refuseEvery(it.people()));
  }

  Answer refuseLists(Call call) {
    return turn(call, Count.class, it -> control.refuseLists(it.count()));
  }

  Answer allWell(Call call) {
    control.allWell();
    return Answer.empty(204);
  }

  Answer endSessions(Call call) {
    return turn(call, Who.class, it -> control.endSessions(it.username()));
  }

  Answer takeRight(Call call) {
    return turn(
        call, Right.class, it -> control.takeRight(it.username(), it.organization(), it.scope()));
  }

  Answer giveRight(Call call) {
    return turn(
        call, Right.class, it -> control.giveRight(it.username(), it.organization(), it.scope()));
  }

  Answer removeGroup(Call call) {
    return turn(call, Thing.class, it -> control.removeGroup(it.organization(), it.name()));
  }

  Answer removeRole(Call call) {
    return turn(call, Thing.class, it -> control.removeRole(it.organization(), it.name()));
  }

  Answer moveClock(Call call) {
    return turn(call, Move.class, it -> control.moveClock(Duration.parse(String.valueOf(it.by()))));
  }

  Answer others(Call call) {
    Others it = call.json(Others.class);
    List<String> names = it.usernames() == null ? List.of() : it.usernames();
    int count = count(it.count());
    try {
      List<String> done =
          switch (String.valueOf(it.action())) {
            case "accept" -> control.othersAccept(it.organization(), count, names);
            case "delete" -> control.othersDelete(it.organization(), count, names);
            case "invite" ->
                names.isEmpty()
                    ? control.othersInvite(it.organization(), count)
                    : control.othersInvite(it.organization(), names);
            default -> throw new IllegalArgumentException("action is accept, delete or invite.");
          };
      return Answer.json(200, Json.object("usernames", done));
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  Answer reset(Call call) {
    control.reset();
    return Answer.empty(204);
  }

  Answer log(Call call) {
    return Answer.json(200, control.log());
  }

  static <T> Answer turn(Call call, Class<T> type, Turn<T> turn) {
    T body = call.json(type);
    try {
      turn.turn(body);
      return Answer.empty(204);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw refused(e);
    }
  }

  private static Refusal refused(RuntimeException e) {
    return Refusal.rest(
        400, "PRACTICE", "The switch was not understood.", String.valueOf(e.getMessage()));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static int count(@Nullable Integer given) {
    return given == null ? 1 : given;
  }
}

package dev.guestlist.testing;

import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Log;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.testing.Judgement.Left;
import dev.guestlist.testing.Judgement.Moment;
import dev.guestlist.testing.Judgement.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the practice server's log says of its past: which invitations lived when, who was a member,
/// and which calls went wrong.
public final class Past {
  private static final Duration LIFETIME = Duration.ofDays(3);
  private static final String INVITE = "/guests/invite";
  private static final String LIST = "/guests/invitations";
  private static final String ACCEPT = "/invitation/accept";

  /// The time in which a row was open, at least: from before it was posted to when it was seen
  /// settled.
  record Window(Moment from, Moment to) {
    boolean has(int effect) {
      return effect >= from.effects() && effect < to.effects();
    }

    boolean has(Instant moment) {
      return !moment.isBefore(from.at()) && !moment.isAfter(to.at());
    }

    boolean has(Request request) {
      return request.number() > from.request() && request.number() <= to.request();
    }
  }

  /// One change with its place in the log.
  record Step(int place, Effect effect) {
    boolean ours() {
      return effect.request() > 0;
    }
  }

  /// One invitation: when it was made, and by what it was removed.
  record Life(Step made, Optional<Step> removed) {
    String id() {
      return made.effect().invitation();
    }

    Instant ends() {
      return made.effect().at().plus(LIFETIME);
    }

    boolean expiredAt(Instant moment) {
      return !moment.isBefore(ends());
    }

    boolean removedBefore(Moment moment) {
      return removed.filter(end -> end.place() < moment.effects()).isPresent();
    }

    /// Whether it waited at some moment of this time.
    boolean livedIn(Window when) {
      return made.place() < when.to().effects()
          && !removedBefore(when.from())
          && !expiredAt(when.from().at());
    }

    boolean madeIn(Window when) {
      return when.has(made.place());
    }
  }

  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<Who, List<Life>> ofPeople;
  private final List<Request> requests;
  private final Map<Long, Request> byNumber;
  private final List<Left> left;
  private final Set<Long> lost;

  /// @param left memberships that ended, of which the log does not tell
  /// @param lost calls whose answers may not have arrived, though the log says they were sent
  Past(Log log, List<Left> left, Set<Long> lost) {
    for (Effect effect : log.effects()) {
      Step step = new Step(steps.size(), effect);
      steps.add(step);
      switch (effect.kind()) {
        case INVITED -> lives.put(effect.invitation(), new Life(step, Optional.empty()));
        case DELETED, ACCEPTED, CLEARED ->
            lives.computeIfPresent(
                effect.invitation(), (id, life) -> new Life(life.made(), Optional.of(step)));
        case HALF_ACCEPTED -> {}
      }
    }
    this.ofPeople =
        lives.values().stream().collect(Collectors.groupingBy(life -> who(life.made().effect())));
    this.requests = log.requests();
    this.byNumber = requests.stream().collect(Collectors.toMap(Request::number, one -> one));
    this.left = left;
    this.lost = lost;
  }

  /// The invitations of a person that this program made between two moments.
  public static Set<String> made(Log log, Who person, Moment from, Moment to) {
    return log.effects().subList(from.effects(), to.effects()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.INVITED && effect.request() > 0)
        .filter(effect -> who(effect).equals(person))
        .map(Effect::invitation)
        .collect(Collectors.toUnmodifiableSet());
  }

  static Who who(Effect effect) {
    return new Who(effect.organization(), effect.person());
  }

  /// The whole log after so many effects.
  Window since(int effects) {
    Instant first = effects < steps.size() ? steps.get(effects).effect().at() : Instant.MAX;
    long before =
        requests.stream()
            .filter(request -> request.at().isBefore(first))
            .mapToLong(Request::number)
            .max()
            .orElse(0);
    Instant from = steps.isEmpty() ? Instant.MIN : earlier(first, steps.getFirst().effect().at());
    long last = requests.isEmpty() ? 0 : requests.getLast().number();
    Instant end = requests.isEmpty() ? Instant.MIN : requests.getLast().at();
    Instant to = steps.isEmpty() ? end : later(end, steps.getLast().effect().at());
    return new Window(
        new Moment(effects, effects == 0 ? 0 : before, from), new Moment(steps.size(), last, to));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// Everything that changed about somebody in this time.
  List<Step> about(Who who, Window when, Effect.Kind... kinds) {
    List<Effect.Kind> wanted = kinds.length == 0 ? List.of(Effect.Kind.values()) : List.of(kinds);
    return steps.subList(when.from().effects(), when.to().effects()).stream()
        .filter(step -> wanted.contains(step.effect().kind()))
        .filter(step -> who(step.effect()).equals(who))
        .toList();
  }

  Optional<Life> life(String invitation) {
    return Optional.ofNullable(lives.get(invitation));
  }

  List<Life> lives(Who who) {
    return ofPeople.getOrDefault(who, List.of());
  }

  boolean isRemoved(String invitation, Moment by) {
    return life(invitation).filter(life -> life.removedBefore(by)).isPresent();
  }

  /// Whether somebody may have been a member at some moment of this time: who joined before its
  /// end, and whose membership did not end before its beginning.
  boolean wasMember(Who who, Window when) {
    long joined = joined(who, when.to().effects());
    long gone =
        left.stream()
            .filter(one -> one.who().equals(who) && one.at().isBefore(when.from().at()))
            .count();
    return joined > gone;
  }

  private long joined(Who who, int before) {
    return steps.subList(0, before).stream()
        .filter(step -> joins(step.effect().kind()) && who(step.effect()).equals(who))
        .count();
  }

  static boolean joins(Effect.Kind kind) {
    return kind == Effect.Kind.ACCEPTED || kind == Effect.Kind.HALF_ACCEPTED;
  }

  long left(Who who, Window when) {
    return left.stream().filter(one -> one.who().equals(who) && when.has(one.at())).count();
  }

  /// Whether somebody else did something about a person in this time.
  boolean touched(Who who, Window when) {
    return left(who, when) > 0 || about(who, when).stream().anyMatch(step -> !step.ours());
  }

  /// Whether the answer to the call that made this change came back as it should.
  boolean answered(Step step) {
    Request request = byNumber.get(step.effect().request());
    return request != null && !wentWrong(request);
  }

  /// Whether the answer to the call that made this change never arrived.
  boolean answerLost(Step step) {
    Request request = byNumber.get(step.effect().request());
    return request == null
        || request.status() == 0
        || !request.note().isEmpty()
        || lost.contains(request.number());
  }

  String words(Step step) {
    Request request = byNumber.get(step.effect().request());
    return step.effect().kind()
        + " by "
        + step.effect().request()
        + (request == null ? "" : " " + request.status() + " " + request.note());
  }

  private boolean wentWrong(Request request) {
    return request.status() == 0
        || lost.contains(request.number())
        || request.status() >= 500
        || request.status() == 429
        || !request.note().isEmpty();
  }

  private boolean any(Window when, Predicate<Request> which) {
    return requests.stream().anyMatch(request -> when.has(request) && which.test(request));
  }

  boolean inviteWentWrong(Window when) {
    return any(when, request -> request.path().endsWith(INVITE) && wentWrong(request));
  }

  boolean acceptWentWrong(Window when) {
    return any(when, request -> request.path().endsWith(ACCEPT) && wentWrong(request));
  }

  /// Whether a call that was to delete this invitation brought no answer.
  boolean deleteWentWrong(String invitation, Window when) {
    return any(
        when,
        request -> deletes(request) && request.path().endsWith(invitation) && wentWrong(request));
  }

  boolean deleteLeft(String invitation, Window when) {
    return any(when, request -> deletes(request) && request.path().endsWith(invitation));
  }

  private static boolean deletes(Request request) {
    return request.method().equals("DELETE");
  }

  /// Whether an invitation list could not be read, or nobody was let in to read one.
  boolean listUnread(Window when) {
    return any(
        when,
        request ->
            (request.path().endsWith(LIST) || request.path().endsWith("/oauth2/token"))
                && (request.status() != 200 || wentWrong(request)));
  }

  /// Whether looking somebody up among the members went wrong.
  boolean membersUnread(Window when) {
    return any(
        when,
        request ->
            (request.path().contains("/scim2/Users") || request.path().endsWith("/oauth2/token"))
                && (request.status() != 200 || wentWrong(request)));
  }

  /// Whether the server said that a right is missing.
  boolean forbade(Window when) {
    return any(when, request -> request.status() == 403 || request.status() == 401);
  }

  /// All effects of somebody in words.
  String story(Who who, Window when) {
    return about(who, when).stream().map(this::words).toList().toString();
  }

  List<Step> steps() {
    return steps;
  }
}

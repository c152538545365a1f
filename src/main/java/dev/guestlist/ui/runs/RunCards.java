package dev.guestlist.ui.runs;

import dev.guestlist.model.Held;
import dev.guestlist.model.Organization;
import dev.guestlist.model.Right;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.Wish;
import dev.guestlist.service.Link;
import dev.guestlist.service.Pace;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Puts one run into words: where it stands, why, and what can be done about it. To be used in the
/// background only: it reads the disk.
final class RunCards {
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(90);

  private final Workplace workplace;
  private final Texts texts;
  private final InstantSource clock;
  private final Ages ages;
  private final RunWords words;

  RunCards(Workplace workplace, Texts texts, InstantSource clock, Ages ages, RunWords words) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = ages;
    this.words = words;
  }

  /// The card of one run.
  ///
  /// @param kept whether somebody said that it may wait
  Card of(Run run, boolean open, boolean kept) {
    String organization = run.organization().map(workplace.organizations()::name).orElse("");
    Optional<Duration> grace = grace(run);
    Section section = section(run, grace.isPresent());
    if (kept && run.phase() == Run.Phase.HELD && section == Section.DECISION) {
      section = Section.WAITING;
    }
    Section stands = section;
    String why =
        grace
            .map(left -> texts.get("runs.why.grace", Math.max(1, left.toSeconds() + 1)))
            .orElseGet(() -> why(run, stands, organization));
    boolean moves = section == Section.RUNNING;
    return new Card(
        run.number(),
        section,
        words.title(run, organization),
        about(run),
        words.counts(run),
        why,
        moves ? pace(run) : "",
        moves ? OptionalDouble.of((double) run.settled() / run.size()) : OptionalDouble.empty(),
        withStopLooking(run, offers(run, section, grace.isPresent())),
        open,
        grace.isPresent());
  }

  /// Whether another account than the one that is signed in asked for what waits.
  boolean ofAnother(Run run) {
    Optional<String> me = workplace.session().account();
    return me.isPresent() && !run.account().isBlank() && !run.account().equals(me.get());
  }

  /// Whether what waits was compared with the server since it can be reached; a program that only
  /// watches goes by the comparison of the one that sends.
  boolean compared(Run run) {
    Link link = workplace.session().link();
    boolean watches = !workplace.worker().sends();
    return workplace.session().ready()
        && run.reviewed().filter(at -> watches || !at.isBefore(link.since())).isPresent();
  }

  /// Whether the run asks before it leaves, and may.
  boolean clear(Run run) {
    return run.phase() == Run.Phase.ASKS
        && run.count(RowState.READY) > 0
        && !ofAnother(run)
        && (compared(run) || run.wish() instanceof Wish.Accept)
        && workplace.session().ready();
  }

  private String about(Run run) {
    String moment = ages.moment(run.posted(), clock.instant());
    String who =
        run.account().isBlank()
            ? texts.get("runs.about.nobody", moment)
            : texts.get("runs.about", moment, run.account());
    return run.ticket().number().isBlank()
        ? who
        : texts.get("runs.about.ticket", who, run.ticket().number());
  }

  /// How long a run still can be taken back; empty when it cannot.
  private Optional<Duration> grace(Run run) {
    Instant now = clock.instant();
    boolean notBegun =
        run.phase() == Run.Phase.ACTIVE
            && run.count(RowState.READY) == run.size()
            && now.isBefore(run.posted().plus(LONGEST_GRACE));
    if (!notBegun) {
      return Optional.empty();
    }
    return workplace.runs().rows(run.number()).stream()
        .findFirst()
        .map(row -> Duration.between(now, row.notBefore()))
        .filter(left -> left.isPositive());
  }

  private Section section(Run run, boolean grace) {
    if (run.count(RowState.NEEDS_DECISION) > 0) {
      return Section.DECISION;
    }
    if (run.done()) {
      return Section.DONE;
    }
    return switch (run.phase()) {
      case ASKS -> workplace.session().ready() ? Section.DECISION : Section.WAITING;
      case HELD -> Section.DECISION;
      case ACTIVE -> !grace && workplace.worker().moves(run) ? Section.RUNNING : Section.WAITING;
      case PAUSED, STOPPED -> Section.RUNNING;
    };
  }

  /// The earlier run that this one waits for.
  private OptionalLong waitsFor(Run run) {
    return workplace.runs().waitsFor(run.number());
  }

  private String why(Run run, Section section, String organization) {
    boolean onlyDecisions = run.phase() == Run.Phase.ASKS && run.count(RowState.READY) == 0;
    if (run.done() || (onlyDecisions && !ofAnother(run))) {
      return "";
    }
    if (workplace.session().connection().settings().readOnly()) {
      return texts.get("runs.why.read-only");
    }
    return switch (run.phase()) {
      case ASKS -> asks(run, organization);
      case HELD -> held(run, organization);
      case PAUSED -> texts.get("runs.why.paused");
      case STOPPED -> texts.get("runs.why.stopping");
      case ACTIVE -> section == Section.WAITING ? whatFor(run) : slowness(run);
    };
  }

  /// Why it is held; where the organization cannot be entered, also where this computer knows it.
  private String held(Run run, String organization) {
    Held held = Held.parse(run.why());
    String why = words.why(held, organization);
    List<Organization> path =
        run.organization().map(workplace.organizations()::path).orElse(List.of());
    return held.kind() == Held.Kind.CANNOT_ENTER && path.size() > 1
        ? texts.get(
            "runs.two-sentences",
            why,
            texts.get(
                "runs.why.path",
                String.join(" / ", path.stream().map(Organization::name).toList())))
        : why;
  }

  private String whatFor(Run run) {
    if (workplace.worker().waitsForVault(run)) {
      return texts.get("runs.why.vault");
    }
    OptionalLong earlier = waitsFor(run);
    if (earlier.isPresent() && workplace.session().ready()) {
      return texts.get("runs.why.earlier", earlier.getAsLong());
    }
    return texts.get(
        workplace.session().account().isEmpty() && !workplace.session().link().offline()
            ? "runs.why.signed-out"
            : "runs.why.offline");
  }

  /// Why it asks, then how it stands with the comparison.
  private String asks(Run run, String organization) {
    Held held = Held.parse(run.why());
    if (ofAnother(run)) {
      return texts.get("runs.why.other-account", run.account());
    }
    String why =
        held.kind() == Held.Kind.LEFT_OVER
            ? run.count(RowState.UNKNOWN) > 0
                ? texts.get("runs.why.left-over.unknown", run.count(RowState.UNKNOWN))
                : texts.get("runs.why.left-over")
            : words.why(held, organization);
    if (run.wish() instanceof Wish.Accept
        || run.count(RowState.READY) == 0
        || (isNotCompared(run) && compared(run))) {
      return why;
    }
    if (why.isBlank()) {
      return comparison(run);
    }
    return texts.get("runs.two-sentences", why, comparison(run));
  }

  private String comparison(Run run) {
    boolean comparable =
        run.organization()
            .flatMap(workplace.session()::rights)
            .filter(rights -> !rights.contains(Right.LIST_INVITATIONS))
            .isEmpty();
    if (compared(run) && !comparable) {
      return texts.get("runs.not-comparable");
    }
    if (compared(run)) {
      return texts.get("runs.compared", ages.moment(run.reviewed().orElseThrow(), clock.instant()));
    }
    return texts.get(workplace.session().ready() ? "runs.comparing" : "runs.compared-later");
  }

  /// What is being looked up, and why it is slower than it could be.
  private String slowness(Run run) {
    int unknown = run.count(RowState.UNKNOWN);
    String looked = unknown > 0 ? texts.get("runs.why.unknown", unknown) : "";
    String slow = workplace.worker().slowness(run).map(this::slow).orElse("");
    return looked.isBlank() || slow.isBlank()
        ? looked + slow
        : texts.get("runs.two-sentences", slow, looked);
  }

  private String slow(Pace.Slowness slowness) {
    String why =
        switch (slowness.kind()) {
          case TOO_MANY -> texts.get("runs.slow.too-many", slowness.times());
          case OVERLOADED -> texts.get("runs.slow.overloaded", slowness.times());
          case SLOW_ANSWERS -> texts.get("runs.slow.answers");
          case FAILS -> texts.get("runs.slow.fails", slowness.times());
        };
    return slowness
        .until()
        .map(until -> Duration.between(clock.instant(), until).toSeconds())
        .filter(seconds -> seconds > 0)
        .map(seconds -> texts.get("runs.two-sentences", why, texts.get("runs.slow.next", seconds)))
        .orElse(why);
  }

  /// "620 of 4,845, 5.2 per second, ~13 min".
  private String pace(Run run) {
    String number = texts.get("runs.pace", run.settled(), run.size());
    OptionalDouble rate =
        run.phase() == Run.Phase.ACTIVE ? workplace.worker().rate(run) : OptionalDouble.empty();
    if (rate.isEmpty()) {
      return number;
    }
    String speed =
        rate.getAsDouble() >= 1
            ? texts.get("runs.pace.second", number, rate.getAsDouble())
            : texts.get("runs.pace.minute", number, rate.getAsDouble() * 60);
    Instant now = clock.instant();
    return workplace
        .worker()
        .timeLeft(run)
        .map(left -> texts.get("runs.pace.left", speed, ages.left(now.plus(left), now)))
        .orElse(speed);
  }

  // ---------------------------------------------------------------- choices

  private List<Offer> offers(Run run, Section section, boolean grace) {
    int toGo = run.count(RowState.READY);
    int open = toGo + run.count(RowState.NEEDS_DECISION);
    List<Offer> offers = new ArrayList<>();
    if (run.done()) {
      done(run, offers);
      return offers;
    }
    if ((toGo == 0 && run.count(RowState.NEEDS_DECISION) == 1) || ofAnother(run)) {
      return offers;
    }
    switch (run.phase()) {
      case ASKS -> {
        boolean signedOut = workplace.session().account().isEmpty();
        if (clear(run)) {
          offers.add(offer(Action.SEND, "runs.send", toGo));
        } else if (signedOut && !workplace.session().link().offline()) {
          offers.add(offer(Action.SIGN_IN, "runs.sign-in-and-check", toGo));
        }
        if (clear(run) && isNotCompared(run)) {
          offers.add(offer(Action.COMPARE, "runs.compare", toGo));
        }
        if (isAskedFirst(run)) {
          offers.add(offer(Action.BY_ITSELF, "runs.by-itself", toGo));
        }
        if (open > 0) {
          offers.add(offer(Action.DROP, "runs.drop", open));
        }
      }
      case HELD -> held(run, open, offers);
      case ACTIVE -> {
        if (grace) {
          offers.add(offer(Action.UNDO, "runs.undo", toGo));
        } else if (toGo > 0) {
          active(run, section, toGo, offers);
        }
      }
      case PAUSED -> {
        offers.add(offer(Action.GO_ON, "runs.go-on", open));
        offers.add(offer(Action.STOP, "runs.stop", open));
      }
      case STOPPED -> {}
    }
    return offers;
  }

  /// What cannot be found out for long can be given up, so that no run stands open for ever.
  private List<Offer> withStopLooking(Run run, List<Offer> offers) {
    int looked = run.count(RowState.UNKNOWN) > 0 ? workplace.runs().lookedUpLong(run.number()) : 0;
    if (looked == 0) {
      return offers;
    }
    List<Offer> more = new ArrayList<>(offers);
    more.add(offer(Action.STOP_LOOKING, "runs.stop-looking", looked));
    return more;
  }

  private static boolean isNotCompared(Run run) {
    return Held.parse(run.why()).kind() == Held.Kind.NOT_COMPARED;
  }

  private static boolean isAskedFirst(Run run) {
    return Held.parse(run.why()).kind() == Held.Kind.ASK_FIRST;
  }

  private void done(Run run, List<Offer> offers) {
    if (workplace.runs().canPickUp(run.number())) {
      offers.add(offer(Action.PICK_UP, "runs.pick-up", 0));
    }
    int notServed = workplace.runs().notServed(run.number());
    if (run.organization().isPresent() && notServed > 0) {
      offers.add(offer(Action.RETRY, "runs.retry", notServed));
    }
    boolean invites = run.wish() instanceof Wish.Invite || run.wish() instanceof Wish.InviteAgain;
    int made = run.count(RowState.INVITED) + run.count(RowState.CODE_LOST);
    if (invites && made > 0) {
      offers.add(offer(Action.TAKE_BACK, "runs.take-back", made));
    }
  }

  private void active(Run run, Section section, int toGo, List<Offer> offers) {
    boolean waitingCodes = run.wish() instanceof Wish.Accept && section != Section.RUNNING;
    boolean signedOut = workplace.session().account().isEmpty();
    if (waitingCodes && signedOut && !workplace.session().link().offline()) {
      offers.add(offer(Action.SIGN_IN, "runs.sign-in-and-check", toGo));
      offers.add(offer(Action.WITHOUT_LOOKING, "runs.without-looking", toGo));
    }
    if (waitingCodes) {
      offers.add(offer(Action.ASK_FIRST, "runs.ask-first", toGo));
    }
    if (section == Section.RUNNING) {
      offers.add(offer(Action.PAUSE, "runs.pause", toGo));
    }
    offers.add(
        run.count(RowState.SENDING) > 0
            ? offer(Action.STOP, "runs.stop-after", toGo)
            : offer(Action.DROP, "runs.drop", toGo));
  }

  private void held(Run run, int open, List<Offer> offers) {
    switch (Held.parse(run.why()).kind()) {
      case RIGHT_MISSING -> {
        offers.add(offer(Action.KEEP, "runs.keep-waiting", open));
        offers.add(offer(Action.SIGN_IN_OTHER, "runs.sign-in-other", open));
        offers.add(offer(Action.GO_ON, "runs.try-again", open));
        offers.add(offer(Action.DROP, "runs.discard", open));
      }
      case CANNOT_ENTER -> {
        offers.add(offer(Action.GO_ON, "runs.try-again", open));
        offers.add(offer(Action.DROP, "runs.discard", open));
      }
      case NOTHING,
          POSTED_OFFLINE,
          ASK_FIRST,
          NOT_COMPARED,
          TOO_OLD,
          LEFT_OVER,
          ROLE_GONE,
          GROUP_GONE,
          OTHER_ACCOUNT,
          REFUSED -> {
        offers.add(offer(Action.GO_ON, "runs.go-on", open));
        offers.add(offer(Action.STOP, "runs.stop", open));
      }
    }
  }

  private Offer offer(Action action, String key, int count) {
    return Offer.of(action, texts.get(key, count));
  }
}

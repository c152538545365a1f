package dev.guestlist.ui.invitations;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.service.Link;
import dev.guestlist.service.SessionState;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import java.util.Set;

/// What stands in the place of the rows, and what the line above them says. A pure function of
/// facts, so that each of its cases can be seen alone.
///
/// @param notice the line above; empty when all is as it should be
record Situation(Content content, Optional<Notice> notice) {

  /// What fills the table's place.
  sealed interface Content {
    record Rows() implements Content {}

    /// Nothing is here yet, and it is being read.
    record Outlines() implements Content {}

    /// A sentence in the place of the rows.
    ///
    /// @param step the one way on; empty when there is none
    record Message(String text, Optional<Step> step) implements Content {}
  }

  /// A line above the rows.
  ///
  /// @param other what else can be done
  record Notice(Tone tone, String text, Optional<Step> step, Optional<Step> other) {
    Notice(Tone tone, String text, Optional<Step> step) {
      this(tone, text, step, Optional.empty());
    }
  }

  enum Tone {
    OFFLINE,
    PAST,
    INFO,
    WARNING
  }

  /// What can be done about it.
  enum Step {
    INVITE("invitations.step.invite"),
    CLEAR_FILTER("invitations.step.clear-filter"),
    TRY_AGAIN("invitations.step.try-again"),
    WHAT_CHANGED("invitations.step.what-changed"),
    NEWEST("invitations.step.newest"),
    USE_ZONE("invitations.step.use-zone"),
    KEEP_ZONE("invitations.step.keep-zone"),
    COPY_FOR_ADMINISTRATOR("invitations.step.copy-for-administrator");

    private final String key;

    Step(String key) {
      this.key = key;
    }

    /// The key of its text.
    String key() {
      return key;
    }
  }

  /// What is known.
  ///
  /// @param organization its name
  /// @param loaded whether what this computer keeps has been looked at
  /// @param rights empty when the organization was not entered in this session
  /// @param problem what kept the server's list away last; empty when it came, or was not asked for
  /// @param problemText the same for people; a sentence
  /// @param readAt when the server gave the list, for people; empty when it never did
  /// @param rows how many there are, and how many of them the filter shows
  /// @param filter the filter in words; blank when it is open
  /// @param zone in which the server seems to write its times, for people; empty when nothing says
  ///   so
  /// @param asOf from when the list is, when that of a former day is looked at
  record Facts(
      String organization,
      boolean loaded,
      boolean reading,
      SessionState session,
      Link link,
      Optional<Set<Right>> rights,
      Optional<Problem> problem,
      String problemText,
      Optional<String> readAt,
      int rows,
      int shown,
      String filter,
      Optional<String> zone,
      Optional<String> asOf) {

    boolean offline() {
      return link.offline() || problem.filter(Problem.Unreachable.class::isInstance).isPresent();
    }

    boolean signedOut() {
      return session instanceof SessionState.SignedOut;
    }

    boolean mayNotList() {
      return problem.filter(Problem.NotAllowed.class::isInstance).isPresent()
          || rights.filter(granted -> !granted.contains(Right.LIST_INVITATIONS)).isPresent();
    }
  }

  static Situation of(Facts facts, Texts texts) {
    return new Situation(content(facts, texts), notice(facts, texts));
  }

  private static Content content(Facts facts, Texts texts) {
    if (!facts.loaded()) {
      return new Content.Outlines();
    }
    if (facts.rows() == 0 && facts.asOf().isPresent()) {
      return new Content.Message(
          texts.get("invitations.empty.then", facts.organization()), Optional.of(Step.NEWEST));
    }
    if (facts.rows() == 0) {
      return facts.readAt().isPresent()
          ? new Content.Message(
              texts.get("invitations.empty", facts.organization()), Optional.of(Step.INVITE))
          : neverRead(facts, texts);
    }
    return facts.shown() == 0
        ? new Content.Message(
            texts.get("invitations.none.match", facts.rows(), facts.filter()),
            Optional.of(Step.CLEAR_FILTER))
        : new Content.Rows();
  }

  private static Content neverRead(Facts facts, Texts texts) {
    if (facts.mayNotList()) {
      return new Content.Message(
          texts.get("invitations.no.right", facts.organization()),
          Optional.of(Step.COPY_FOR_ADMINISTRATOR));
    }
    if (facts.offline()) {
      return facts.link().chosen()
          ? new Content.Message(texts.get("invitations.never.read.chosen"), Optional.empty())
          : new Content.Message(
              texts.get("invitations.never.read.offline"), Optional.of(Step.TRY_AGAIN));
    }
    if (facts.signedOut()) {
      return new Content.Message(texts.get("invitations.never.read.signed.out"), Optional.empty());
    }
    if (facts.problem().isPresent() && !facts.reading()) {
      return new Content.Message(
          texts.get("invitations.never.read.problem", facts.problemText()),
          Optional.of(Step.TRY_AGAIN));
    }
    return new Content.Outlines();
  }

  private static Notice zone(String zone, Texts texts) {
    return new Notice(
        Tone.INFO,
        texts.get("invitations.notice.zone", zone),
        Optional.of(Step.USE_ZONE),
        Optional.of(Step.KEEP_ZONE));
  }

  private static Optional<Notice> notice(Facts facts, Texts texts) {
    if (!facts.loaded()) {
      return Optional.empty();
    }
    if (facts.readAt().isEmpty()) {
      return facts.rows() == 0
          ? Optional.empty()
          : Optional.of(
              new Notice(
                  Tone.INFO,
                  texts.get("invitations.notice.own.only"),
                  Optional.of(Step.TRY_AGAIN)));
    }
    String since = facts.readAt().get();
    if (facts.asOf().isPresent()) {
      return Optional.of(
          new Notice(
              Tone.PAST,
              texts.get("invitations.notice.as-of", facts.asOf().get(), facts.rows()),
              Optional.of(Step.NEWEST),
              Optional.of(Step.WHAT_CHANGED)));
    }
    if (facts.offline()) {
      return Optional.of(
          new Notice(
              Tone.OFFLINE,
              texts.get("invitations.notice.offline", since, facts.rows()),
              facts.link().chosen() ? Optional.empty() : Optional.of(Step.TRY_AGAIN)));
    }
    if (facts.session() instanceof SessionState.SignedOut signedOut) {
      String key =
          signedOut.why().isPresent()
              ? "invitations.notice.session.ended"
              : "invitations.notice.signed.out";
      return Optional.of(
          new Notice(Tone.INFO, texts.get(key, since, facts.rows()), Optional.empty()));
    }
    if (facts.mayNotList()) {
      return Optional.of(
          new Notice(
              Tone.WARNING,
              texts.get("invitations.notice.no.right", facts.organization(), since, facts.rows()),
              Optional.of(Step.COPY_FOR_ADMINISTRATOR)));
    }
    return facts
        .problem()
        .map(problem ->
            new Notice(
                Tone.WARNING,
                texts.get("invitations.notice.problem", facts.problemText(), since, facts.rows()),
                Optional.of(Step.TRY_AGAIN)))
        .or(() -> facts.zone().map(zone -> zone(zone, texts)));
  }
}

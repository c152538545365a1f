package dev.guestlist.ui.kit;

import dev.guestlist.model.Held;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Runs and the states of their rows in words.
public final class RunWords {
  private final Texts texts;

  public RunWords(Texts texts) {
    this.texts = texts;
  }

  /// "Invite 3 people into Northwind".
  public String title(Run run, String organization) {
    int size = run.size();
    return switch (run.wish()) {
      case Wish.Invite invite ->
          texts.get(
              invite.serverMails() ? "runs.title.invite" : "runs.title.invite.codes",
              size,
              organization);
      case Wish.Delete ignored -> texts.get("runs.title.delete", size, organization);
      case Wish.InviteAgain ignored -> texts.get("runs.title.invite-again", size, organization);
      case Wish.Accept ignored -> texts.get("runs.title.accept", size);
    };
  }

  /// "2 invited, 1 not sent".
  public String counts(Run run) {
    List<String> parts = new ArrayList<>();
    for (RowState state : RowState.values()) {
      int count = run.count(state);
      if (count > 0 && state != RowState.READY && state != RowState.SENDING) {
        parts.add(texts.get(countKey(state, run.wish()), count));
      }
    }
    int toGo = run.count(RowState.READY) + run.count(RowState.SENDING);
    if (toGo > 0) {
      parts.add(texts.get("runs.count.to-go", toGo));
    }
    return String.join(", ", parts);
  }

  private static String countKey(RowState state, Wish wish) {
    return switch (state) {
      case READY, SENDING -> "runs.count.to-go";
      case UNKNOWN -> "runs.count.unknown";
      case NEEDS_DECISION -> "runs.count.decision";
      case INVITED -> "runs.count.invited";
      case CODE_LOST -> "runs.count.code-lost";
      case DELETED -> "runs.count.deleted";
      case NOT_INVITED_AGAIN -> "runs.count.not-invited-again";
      case WAS_GONE -> "runs.count.was-gone";
      case JOINED -> "runs.count.joined";
      case ALREADY_MEMBER -> "runs.count.member";
      case USER_EXISTS -> "runs.count.user-exists";
      case REFUSED -> wish instanceof Wish.Invite ? "runs.count.not-sent" : "runs.count.refused";
      case NOT_TRIED -> "runs.count.not-tried";
      case CANNOT_TELL -> "runs.count.cannot-tell";
    };
  }

  /// Glyph, word and colour of a row's state.
  public StatusText word(RowState state, Wish wish) {
    return switch (state) {
      case READY -> new StatusText("⇡", texts.get("runs.word.ready"), "info");
      case SENDING -> new StatusText("⇡", texts.get("runs.word.sending"), "info");
      case UNKNOWN -> new StatusText("≈", texts.get("runs.word.unknown"), "warning");
      case NEEDS_DECISION -> new StatusText("!", texts.get("runs.word.decision"), "warning");
      case INVITED -> new StatusText("✓", texts.get("runs.word.invited"), "success");
      case CODE_LOST -> new StatusText("≈!", texts.get("runs.word.code-lost"), "danger");
      case DELETED -> new StatusText("✕", texts.get("runs.word.deleted"), "neutral");
      case NOT_INVITED_AGAIN ->
          new StatusText("!", texts.get("runs.word.not-invited-again"), "danger");
      case WAS_GONE -> new StatusText("✕", texts.get("runs.word.was-gone"), "neutral");
      case JOINED -> new StatusText("✓", texts.get("runs.word.joined"), "success");
      case ALREADY_MEMBER -> new StatusText("✓", texts.get("runs.word.member"), "success");
      case USER_EXISTS -> new StatusText("!", texts.get("runs.word.user-exists"), "warning");
      case REFUSED ->
          new StatusText(
              "!",
              texts.get(wish instanceof Wish.Invite ? "runs.word.not-sent" : "runs.word.refused"),
              "danger");
      case NOT_TRIED -> new StatusText("–", texts.get("runs.word.not-tried"), "quiet");
      case CANNOT_TELL -> new StatusText("?", texts.get("runs.word.cannot-tell"), "warning");
    };
  }

  /// Why a run is held or asks, and what can be done.
  public String why(Held held, String organization) {
    return switch (held.kind()) {
      case NOTHING -> "";
      case POSTED_OFFLINE -> texts.get("runs.why.posted-offline");
      case ASK_FIRST -> texts.get("runs.why.ask-first");
      case NOT_COMPARED ->
          held.detail().isBlank()
              ? texts.get("runs.why.not-compared")
              : texts.get("runs.why.not-compared.text", held.detail());
      case TOO_OLD -> texts.get("runs.why.too-old");
      case LEFT_OVER -> texts.get("runs.why.left-over");
      case ROLE_GONE -> texts.get("runs.why.role-gone", organization);
      case GROUP_GONE -> texts.get("runs.why.group-gone", organization);
      case RIGHT_MISSING -> sentence(new Problem.NotAllowed(held.detail()), organization);
      case CANNOT_ENTER ->
          Arrays.stream(Reason.values())
              .filter(reason -> reason.name().equals(held.detail()))
              .findFirst()
              .map(reason -> sentence(new Problem.Rejected(reason, "", ""), organization))
              .orElseGet(() -> texts.get("runs.why.cannot-enter", organization));
      case OTHER_ACCOUNT -> texts.get("runs.why.other-account", held.detail());
      case REFUSED ->
          held.detail().isBlank()
              ? texts.get("runs.why.refused")
              : texts.get("runs.why.refused.text", held.detail());
    };
  }

  private String sentence(Problem problem, String organization) {
    return ProblemText.of(problem, Optional.of(organization), texts).sentence();
  }
}

package dev.guestlist.ui.invitations;

import dev.guestlist.model.Member;
import dev.guestlist.service.Findings;
import dev.guestlist.service.Findings.Evidence;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.FindingText;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found out about an invitation, in sentences: the conclusion, then each look.
final class FindingWords {
  private final Texts texts;
  private final Ages ages;

  FindingWords(Texts texts) {
    this.texts = texts;
    ages = new Ages(texts, ZoneId.systemDefault());
  }

  List<String> of(Findings findings, String person, RowText.Names names, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(answer(findings, person, names, now));
    for (Evidence evidence : findings.evidence()) {
      lines.add(line(evidence, person, names, now));
    }
    return lines;
  }

  private String answer(Findings findings, String person, RowText.Names names, Instant now) {
    String where = names.organization();
    return switch (findings.answer()) {
      case JOINED -> texts.get("found.joined", person, where);
      case DELETED_HERE -> texts.get("found.deleted-here");
      case REPLACED -> texts.get("found.replaced", person);
      case STILL_PENDING -> texts.get("found.pending", person);
      case EXPIRED -> texts.get("found.expired", person);
      case CANNOT_TELL ->
          texts.get(
              "found.cannot-tell",
              findings.lastListed().map(seen -> ages.moment(seen, now)).orElse(""));
    };
  }

  private String line(Evidence evidence, String person, RowText.Names names, Instant now) {
    String where = names.organization();
    return switch (evidence) {
      case Evidence.OwnRun(var row) ->
          texts.get(
              "found.run",
              Long.toString(row.run()),
              ages.moment(row.changed(), now),
              RowText.of(row, names, texts).sentence());
      case Evidence.NoOwnRun() -> texts.get("found.no-run");
      case Evidence.Listed(boolean there, boolean expired, Instant at) ->
          texts.get(
              there ? (expired ? "found.list.expired" : "found.list.pending") : "found.list.not",
              ages.moment(at, now));
      case Evidence.Code(boolean known, Instant at) ->
          texts.get(known ? "found.code.known" : "found.code.unknown", ages.moment(at, now));
      case Evidence.Membership(Optional<Member> member, Instant at) ->
          texts.get(
              member
                  .map(one ->
                      one.managedBy().isPresent() ? "found.member.managed" : "found.member.own")
                  .orElse("found.member.none"),
              person,
              where,
              ages.moment(at, now));
      case Evidence.KeptMembership(boolean member, Instant readAt) ->
          texts.get(
              member ? "found.kept.member" : "found.kept.none",
              person,
              where,
              ages.moment(readAt, now));
      case Evidence.NotLooked not -> notLooked(not, where);
    };
  }

  private String notLooked(Evidence.NotLooked not, String where) {
    String what =
        switch (not.what()) {
          case LIST -> texts.get("found.what.list");
          case CODE -> texts.get("found.what.code");
          case MEMBERS -> texts.get("found.what.members");
        };
    return not.right()
        .map(right -> texts.get("found.no-right", what, FindingText.right(right, texts), where))
        .orElseGet(() ->
            texts.get(
                "found.not-looked",
                what,
                ProblemText.of(not.why(), Optional.of(where), texts).sentence()));
  }
}

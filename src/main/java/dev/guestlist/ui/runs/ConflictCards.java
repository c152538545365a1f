package dev.guestlist.ui.runs;

import dev.guestlist.model.Basis;
import dev.guestlist.model.Decision;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Role;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.AcceptedBefore;
import dev.guestlist.service.CodeEvidence;
import dev.guestlist.service.Conflict;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.DecisionWords;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.RunLine.Action;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts what waits for a decision into words: what was wanted, what was there then, what is there
/// now, and choices that name their effect. To be used in the background only: it reads the disk.
final class ConflictCards {
  private final Workplace workplace;
  private final Texts texts;
  private final InstantSource clock;
  private final Ages ages;

  /// What somebody did with a card without deciding yet.
  ///
  /// @param forAll whether a decision goes for all that are alike
  /// @param evidence what was found about it; blank when nobody asked
  record Handling(boolean forAll, boolean folded, String evidence, Optional<ConflictEdit> edit) {
    static final Handling NONE = new Handling(false, false, "", Optional.empty());
  }

  ConflictCards(Workplace workplace, Texts texts, InstantSource clock, Ages ages) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = ages;
  }

  private static List<String> gifts(Conflict conflict) {
    return person(conflict.row().target()).stream()
        .flatMap(it -> gifts(it.groups(), it.roles()).stream())
        .toList();
  }

  private static List<String> gifts(List<Group> groups, List<Role> roles) {
    return Stream.concat(groups.stream().map(Group::name), roles.stream().map(Role::displayName))
        .toList();
  }

  static Optional<Target.Person> person(Target target) {
    return switch (target) {
      case Target.Person person -> Optional.of(person);
      case Target.Again again -> Optional.of(again.person());
      case Target.Listed ignored -> Optional.empty();
      case Target.Code ignored -> Optional.empty();
    };
  }

  /// The card of one row.
  ///
  /// @param alike how many rows there are like this, itself included
  /// @param several whether other cards stand beside it, so that its buttons name the person
  Decide of(Conflict conflict, int alike, boolean several, Handling handling) {
    boolean forAll = handling.forAll() && alike > 1;
    return new Decide(
        conflict,
        title(conflict),
        about(conflict),
        note(conflict),
        new Side(
            conflict
                .then()
                .asOf()
                .map(at -> texts.get("conflict.then", moment(at)))
                .orElseGet(
                    () -> texts.get("conflict.then.posted", moment(conflict.run().posted()))),
            then(conflict)),
        new Side(
            conflict
                .now()
                .asOf()
                .filter(at -> !isCode(conflict))
                .map(at -> texts.get("conflict.now", moment(at)))
                .orElseGet(() -> texts.get("conflict.now", moment(conflict.row().changed()))),
            now(conflict)),
        alike,
        forAll,
        handling.folded(),
        handling.evidence(),
        handling.edit(),
        handling.folded()
            ? List.of(Offer.switching(Action.LATER, texts.get("conflict.decide-now"), true))
            : offers(conflict, several, alike, forAll));
  }

  private static boolean isCode(Conflict conflict) {
    return conflict.row().target() instanceof Target.Code;
  }

  // ---------------------------------------------------------------- what was wanted

  private String title(Conflict conflict) {
    RunRow row = conflict.row();
    String name = row.target().name();
    String place = place(conflict);
    return switch (row.target()) {
      case Target.Person ignored -> texts.get("conflict.invite", name, place);
      case Target.Listed ignored -> texts.get("conflict.delete", name, place);
      case Target.Again ignored -> texts.get("conflict.again", name, place);
      case Target.Code code ->
          code.organization().isPresent()
              ? texts.get("conflict.accept.into", name, place)
              : texts.get("conflict.accept", name);
    };
  }

  private String about(Conflict conflict) {
    String when = moment(conflict.run().posted());
    String by =
        conflict.run().account().isBlank()
            ? texts.get("conflict.put-here.nobody", when)
            : texts.get("conflict.put-here", when, conflict.run().account());
    return conflict.run().ticket().number().isBlank()
        ? by
        : texts.get("runs.about.ticket", by, conflict.run().ticket().number());
  }

  private String place(Conflict conflict) {
    return conflict.organization().map(workplace.organizations()::name).orElse("");
  }

  private String note(Conflict conflict) {
    RunRow row = conflict.row();
    String gone = joined(conflict.gone());
    return switch (conflict.kind()) {
      case INVITED_MEANWHILE ->
          person(row.target())
              .flatMap(it -> it.username().userStore().map(store -> it.username()))
              .map(it ->
                  texts.get(
                      "conflict.note.invited-meanwhile.store",
                      it.name(),
                      it.userStore().orElseThrow()))
              .orElseGet(() -> texts.get("conflict.note.invited-meanwhile", row.target().name()));
      case GIFT_GONE ->
          gone.isBlank()
              ? sentence(conflict)
              : texts.get("conflict.note.gone", gone, place(conflict));
      case NEWER_INVITATION -> texts.get("conflict.note.newer", row.target().name());
      case CHANGED_MEANWHILE -> texts.get("conflict.note.changed", row.target().name());
      case OLD_ONE_GONE -> texts.get("conflict.note.old-gone", row.target().name());
      case CODE_EXPIRED -> texts.get("conflict.note.expired");
      case CODE_UNKNOWN ->
          conflict.before().map(this::told).orElseGet(() -> texts.get("conflict.note.unknown"));
      case CODE_ELSEWHERE -> texts.get("conflict.note.elsewhere", place(conflict));
      case CODE_NOT_CHECKED -> texts.get("conflict.note.not-checked");
      case TOO_OLD ->
          texts.get(
              "conflict.note.too-old",
              Math.max(1, Duration.between(conflict.run().posted(), clock.instant()).toDays()));
      case NEVER_ARRIVED -> texts.get("conflict.note.never-arrived", row.attempts());
      case PERSON_NOT_FOUND, OTHER -> sentence(conflict);
    };
  }

  /// What the row itself says, without a next step: the buttons are the next step.
  private String sentence(Conflict conflict) {
    Optional<OrganizationId> parent =
        conflict
            .organization()
            .flatMap(workplace.organizations()::find)
            .flatMap(one -> one.parent());
    RowText.Names names =
        new RowText.Names(place(conflict), parent.map(workplace.organizations()::name).orElse(""));
    return RowText.of(conflict.row(), names, texts).sentence();
  }

  // ---------------------------------------------------------------- both sides

  private List<String> then(Conflict conflict) {
    List<String> facts = new ArrayList<>();
    switch (conflict.kind()) {
      case CODE_EXPIRED, CODE_UNKNOWN, CODE_ELSEWHERE, CODE_NOT_CHECKED ->
          facts.add(texts.get("conflict.fact.kept"));
      case TOO_OLD, NEVER_ARRIVED, OTHER -> {
        if (isCode(conflict)) {
          facts.add(texts.get("conflict.fact.kept"));
        } else {
          facts.addAll(listed(conflict.then()));
        }
      }
      case PERSON_NOT_FOUND ->
          person(conflict.row().target())
              .ifPresent(it -> {
                facts.add(texts.get("conflict.fact.name", it.username().name()));
                facts.add(
                    it.username()
                        .userStore()
                        .map(store -> texts.get("conflict.fact.store", store))
                        .orElseGet(() -> texts.get("conflict.fact.store.default")));
              });
      case INVITED_MEANWHILE, GIFT_GONE, NEWER_INVITATION, CHANGED_MEANWHILE, OLD_ONE_GONE ->
          facts.addAll(listed(conflict.then()));
    }
    wanted(conflict).ifPresent(facts::add);
    return facts;
  }

  /// "You want: groups sales; roles none", for those who are to be invited.
  private Optional<String> wanted(Conflict conflict) {
    return switch (conflict.kind()) {
      case INVITED_MEANWHILE, GIFT_GONE, CHANGED_MEANWHILE, OLD_ONE_GONE, TOO_OLD ->
          person(conflict.row().target())
              .map(it -> texts.get("conflict.fact.wanted", given(it.groups(), it.roles())));
      case PERSON_NOT_FOUND,
          NEWER_INVITATION,
          CODE_EXPIRED,
          CODE_UNKNOWN,
          CODE_ELSEWHERE,
          CODE_NOT_CHECKED,
          NEVER_ARRIVED,
          OTHER ->
          Optional.empty();
    };
  }

  private List<String> now(Conflict conflict) {
    return switch (conflict.kind()) {
      case INVITED_MEANWHILE, CHANGED_MEANWHILE -> whose(conflict);
      case NEWER_INVITATION, OLD_ONE_GONE -> listed(conflict.now());
      case GIFT_GONE -> goneNow(conflict);
      case CODE_EXPIRED -> List.of(expired(conflict));
      case CODE_UNKNOWN -> List.of(texts.get("conflict.fact.unknown"));
      case CODE_ELSEWHERE -> List.of(texts.get("conflict.fact.into", place(conflict)));
      case CODE_NOT_CHECKED -> List.of(texts.get("conflict.fact.not-checked"));
      case PERSON_NOT_FOUND -> List.of(texts.get("conflict.fact.nobody"));
      case TOO_OLD, NEVER_ARRIVED, OTHER ->
          isCode(conflict)
              ? List.of(texts.get("conflict.fact.not-checked"))
              : listed(conflict.now());
    };
  }

  /// With the address of the list, and with what the list does not say: a person of the same name
  /// in another user store may be meant.
  private List<String> whose(Conflict conflict) {
    List<String> facts = new ArrayList<>(listed(conflict.now()));
    conflict
        .now()
        .invitation()
        .map(Invitation::email)
        .filter(email -> !email.isBlank())
        .ifPresent(email -> facts.add(texts.get("conflict.fact.email", email)));
    person(conflict.row().target())
        .flatMap(it -> it.username().userStore())
        .ifPresent(store -> facts.add(texts.get("conflict.fact.store-not-listed")));
    return facts;
  }

  private List<String> goneNow(Conflict conflict) {
    List<String> facts = new ArrayList<>();
    for (String gone : conflict.gone()) {
      facts.add(texts.get("conflict.fact.gone", gone));
    }
    facts.addAll(listed(conflict.now()));
    return facts;
  }

  private List<String> listed(Basis basis) {
    if (basis.asOf().isEmpty()) {
      return List.of(texts.get("conflict.fact.not-read"));
    }
    return basis
        .invitation()
        .map(this::invitation)
        .orElseGet(() -> List.of(texts.get("conflict.fact.none")));
  }

  private List<String> invitation(Invitation it) {
    Instant now = clock.instant();
    String state =
        it.status() == Invitation.Status.PENDING
            ? texts.get("conflict.fact.pending")
            : texts.get("conflict.fact.expired");
    String ends =
        it.ends()
            .map(end ->
                texts.get(
                    end.isAfter(now) ? "conflict.fact.ends" : "conflict.fact.ended",
                    state,
                    ages.left(end, now)))
            .orElse(state);
    return List.of(ends, texts.get("conflict.fact.gives", given(it.groups(), it.roles())));
  }

  private String given(List<Group> groups, List<Role> roles) {
    String nothing = texts.get("conflict.fact.nothing");
    return texts.get(
        "conflict.fact.gifts",
        groups.isEmpty() ? nothing : String.join(", ", groups.stream().map(Group::name).toList()),
        roles.isEmpty()
            ? nothing
            : String.join(", ", roles.stream().map(Role::displayName).toList()));
  }

  /// "expired 13 Nov 06:00, 12 h after you kept it" where the list knows when.
  private String expired(Conflict conflict) {
    Optional<Instant> end =
        conflict
            .now()
            .invitation()
            .flatMap(Invitation::ends)
            .filter(at -> at.isBefore(clock.instant())); // a newer one is not the code's
    Instant kept = conflict.run().posted();
    return end.map(
            at -> {
              Duration after = Duration.between(kept, at);
              return after.isNegative()
                  ? texts.get("conflict.fact.expired-before", moment(at))
                  : after.toHours() >= 1
                      ? texts.get("conflict.fact.expired-hours", moment(at), after.toHours())
                      : texts.get("conflict.fact.expired-minutes", moment(at), after.toMinutes());
            })
        .orElseGet(() -> texts.get("conflict.fact.expired-then"));
  }

  // ---------------------------------------------------------------- choices

  /// The first one gets the focus: it must cost nothing that cannot be had back.
  private List<Offer> offers(Conflict conflict, boolean several, int alike, boolean forAll) {
    List<Offer> decisions =
        safestFirst(conflict.choices()).stream()
            .filter(decision -> decision != Decision.CHANGE)
            .map(decision ->
                Offer.deciding(decision, label(decision, conflict, several, forAll ? alike : 1)))
            .toList();
    List<Offer> extras = extras(conflict);
    Offer later = Offer.switching(Action.LATER, texts.get("conflict.later"), false);
    List<Offer> offers = new ArrayList<>();
    switch (first(conflict)) {
      case DECISION -> {
        offers.addAll(decisions);
        offers.addAll(extras);
        offers.add(later);
      }
      case EXTRA -> {
        offers.addAll(extras);
        offers.addAll(decisions);
        offers.add(later);
      }
      case LATER -> {
        offers.add(later);
        offers.addAll(extras);
        offers.addAll(decisions);
      }
    }
    if (alike > 1) {
      offers.add(Offer.switching(Action.FOR_ALL, texts.get("conflict.for-all", alike), forAll));
    }
    return offers;
  }

  /// What stands first.
  private enum First {
    DECISION,
    EXTRA,
    LATER
  }

  /// Discarding a code loses it, and discarding the second half of a replacement leaves somebody
  /// without an invitation.
  private static First first(Conflict conflict) {
    boolean half =
        conflict.row().target() instanceof Target.Again again
            && again.step() == Target.Again.Step.INVITE
            && conflict.kind() != Conflict.Kind.OLD_ONE_GONE;
    return switch (conflict.kind()) {
      case CODE_UNKNOWN -> First.EXTRA;
      case CODE_EXPIRED, CODE_ELSEWHERE -> First.LATER;
      case CODE_NOT_CHECKED -> First.DECISION;
      case TOO_OLD, NEVER_ARRIVED, OTHER -> isCode(conflict) || half ? First.LATER : First.DECISION;
      case INVITED_MEANWHILE,
          GIFT_GONE,
          PERSON_NOT_FOUND,
          NEWER_INVITATION,
          CHANGED_MEANWHILE,
          OLD_ONE_GONE ->
          half ? First.LATER : First.DECISION;
    };
  }

  /// What leaves the server alone comes first. Looking a code up again leaves it alone too, and
  /// keeps it.
  private static List<Decision> safestFirst(List<Decision> choices) {
    List<Decision> sorted = new ArrayList<>(choices);
    boolean code = choices.contains(Decision.ACCEPT_WITHOUT_LOOKING);
    for (Decision safe :
        code ? List.of(Decision.TRY_AGAIN) : List.of(Decision.DISCARD, Decision.KEEP_THEIRS)) {
      if (sorted.remove(safe)) {
        sorted.addFirst(safe);
      }
    }
    return sorted;
  }

  private List<Offer> extras(Conflict conflict) {
    List<Offer> extras = new ArrayList<>();
    switch (conflict.kind()) {
      case CODE_EXPIRED -> {
        if (conflict.organization().isPresent()) {
          extras.add(offer(Action.INVITE_AGAIN, "conflict.invite-again"));
        }
        extras.add(offer(Action.COPY_FOR_CALLER, "conflict.copy-for-caller"));
      }
      case CODE_UNKNOWN -> extras.add(offer(Action.WHY, "conflict.why"));
      case CODE_NOT_CHECKED -> {
        boolean nobody = workplace.session().account().isEmpty();
        extras.add(
            nobody
                ? offer(Action.SIGN_IN, "runs.sign-in-and-check")
                : offer(Action.SIGN_IN_OTHER, "runs.sign-in-other"));
      }
      case GIFT_GONE -> extras.add(offer(Action.CHOOSE, "conflict.choose"));
      case PERSON_NOT_FOUND -> extras.add(offer(Action.CHOOSE, "conflict.edit"));
      case INVITED_MEANWHILE,
          NEWER_INVITATION,
          CHANGED_MEANWHILE,
          OLD_ONE_GONE,
          CODE_ELSEWHERE,
          TOO_OLD,
          NEVER_ARRIVED,
          OTHER -> {}
    }
    return extras;
  }

  private Offer offer(Action action, String key) {
    return Offer.of(action, texts.get(key));
  }

  private String label(Decision decision, Conflict conflict, boolean several, int count) {
    String name = conflict.row().target().name();
    String what = label(decision, conflict, count > 1);
    if (count > 1) {
      return texts.get("conflict.of-all", what, count);
    }
    return several && !what.contains(name) ? texts.get("conflict.of-one", what, name) : what;
  }

  /// @param many whether it goes for others too, so that it names nobody
  private String label(Decision decision, Conflict conflict, boolean many) {
    List<String> mine = gifts(conflict);
    String plain = DecisionWords.of(decision, texts);
    return switch (decision) {
      case REPLACE_WITH_MINE -> naming("conflict.do.replace", mine, plain);
      case USE_MINE -> naming("conflict.do.use-mine", mine, plain);
      case USE_WHAT_IT_HAS ->
          naming(
              "conflict.do.use-theirs",
              conflict
                  .now()
                  .invitation()
                  .map(it -> gifts(it.groups(), it.roles()))
                  .orElse(List.of()),
              plain);
      case INVITE_WITHOUT ->
          conflict.gone().isEmpty()
              ? texts.get(
                  conflict.row().reason().equals(Optional.of(Reason.UNKNOWN_ROLE))
                      ? "conflict.do.without-roles"
                      : "conflict.do.without-groups")
              : naming("conflict.do.without", conflict.gone(), plain);
      case ACCEPT_TOO ->
          place(conflict).isBlank() ? plain : texts.get("conflict.do.accept-too", place(conflict));
      case TRY_AGAIN ->
          switch (conflict.row().target()) {
            case Target.Person it ->
                many
                    ? texts.get("conflict.do.invite.all")
                    : texts.get("conflict.do.invite", it.name());
            case Target.Again it ->
                many
                    ? texts.get("conflict.do.again.all")
                    : texts.get("conflict.do.again", it.name());
            case Target.Listed it ->
                many
                    ? texts.get("conflict.do.delete.all")
                    : texts.get("conflict.do.delete", it.name());
            case Target.Code ignored -> texts.get("conflict.do.check");
          };
      case DISCARD ->
          texts.get(isCode(conflict) ? "conflict.do.discard-code" : "conflict.do.discard");
      case KEEP_THEIRS ->
          conflict.kind() == Conflict.Kind.NEWER_INVITATION
              ? texts.get("conflict.do.keep-it")
              : plain;
      case CHANGE, INVITE_ANYWAY, DELETE_NEWER, ACCEPT_WITHOUT_LOOKING -> plain;
    };
  }

  private String naming(String key, List<String> names, String plain) {
    return names.isEmpty() ? plain : texts.get(key, String.join(", ", names));
  }

  private static String joined(List<String> names) {
    return String.join(", ", names);
  }

  private String moment(Instant at) {
    return ages.moment(at, clock.instant());
  }

  // ---------------------------------------------------------------- further words

  /// What to tell the owner of a code that cannot be accepted any more.
  String forCaller(Conflict conflict) {
    String into = place(conflict);
    return into.isBlank()
        ? texts.get("conflict.caller.somewhere")
        : texts.get("conflict.caller", into);
  }

  /// What can be found out about a code that the server does not know. Asks the server.
  String evidence(Conflict conflict) {
    if (!isCode(conflict)) {
      return "";
    }
    CodeEvidence found = workplace.conflicts().why(conflict);
    List<String> sentences = new ArrayList<>();
    found.accepted().ifPresent(before -> sentences.add(told(before)));
    String person = found.person().orElse("");
    String place = found.organization().map(workplace.organizations()::name).orElse("");
    found
        .made()
        .ifPresent(row ->
            sentences.add(
                texts.get("conflict.evidence.made", row.run(), person, moment(row.changed()))));
    found
        .ended()
        .ifPresent(row ->
            sentences.add(
                texts.get(
                    row.target() instanceof Target.Again
                        ? "conflict.evidence.replaced"
                        : "conflict.evidence.deleted",
                    row.run(),
                    person,
                    moment(row.changed()))));
    boolean explained = found.accepted().isPresent() || found.ended().isPresent();
    found
        .member()
        .ifPresent(member ->
            sentences.add(
                texts.get(
                    member ? "conflict.evidence.member" : "conflict.evidence.no-member",
                    person,
                    place)));
    if (!explained && !found.member().orElse(false)) {
      sentences.add(texts.get("conflict.evidence.none"));
    }
    return sentences.stream()
        .reduce((one, next) -> texts.get("runs.two-sentences", one, next))
        .orElse("");
  }

  private String told(AcceptedBefore before) {
    String by =
        before.account().isBlank() ? texts.get("conflict.evidence.nobody") : before.account();
    return before.ticket().isBlank()
        ? texts.get("conflict.evidence.accepted", before.person(), moment(before.when()), by)
        : texts.get(
            "conflict.evidence.accepted.ticket",
            before.person(),
            moment(before.when()),
            by,
            before.ticket());
  }
}

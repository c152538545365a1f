package dev.guestlist.ui.runs;

import dev.guestlist.model.Decision;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.Conflict;
import dev.guestlist.service.TakingBack;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import dev.guestlist.ui.runs.ConflictCards.Handling;
import dev.guestlist.ui.runs.RunLine.Card;
import dev.guestlist.ui.runs.RunLine.Decide;
import dev.guestlist.ui.runs.RunLine.Offer;
import dev.guestlist.ui.runs.RunLine.Outcomes;
import dev.guestlist.ui.runs.RunLine.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Does what the buttons of the runs screen offer.
final class Acts {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ScreenContext context;
  private final Workplace workplace;
  private final Background background;
  private final RunsViewModel.Ways ways;
  private final RunResult result;
  private final RunsViewModel screen;
  private final Texts texts;

  Acts(
      ScreenContext context,
      Background background,
      RunsViewModel.Ways ways,
      RunResult result,
      RunsViewModel screen) {
    this.result = result;
    this.context = context;
    this.workplace = context.workplace();
    this.background = background;
    this.ways = ways;
    this.screen = screen;
    this.texts = context.texts();
  }

  void take(RunLine line, Offer offer) {
    switch (line) {
      case RunLine.Heading ignored -> {}
      case RunLine.Overview ignored -> all(offer);
      case RunLine.Others others -> others(others, offer);
      case Card card -> run(card, offer);
      case RunLine.More more -> screen.open(List.of(more.number()));
      case Outcomes outcomes -> result(outcomes, offer);
      case Decide decide -> decide(decide, offer);
      case Person person -> row(person, offer);
    }
  }

  // ---------------------------------------------------------------- the whole list

  private void all(Offer offer) {
    List<Run> clear = screen.snapshot().map(RunList.Snapshot::clear).orElse(List.of());
    if (offer.action() == RunLine.Action.SEND_CLEAR) {
      act(() -> clear.forEach(run -> workplace.runs().goOn(run.number())));
    } else {
      screen.open(
          screen.snapshot().stream()
              .flatMap(it -> it.entries().stream())
              .filter(entry -> entry.card().section() == RunLine.Section.DECISION)
              .map(entry -> entry.run().number())
              .toList());
    }
  }

  private void others(RunLine.Others others, Offer offer) {
    String account = others.account();
    switch (offer.action()) {
      case SEND_AS_ME ->
          ask(
              texts.get("runs.others.send.title", others.text()),
              texts.get("runs.others.send.text", account),
              offer.label(),
              texts.get("runs.others.keep", account),
              () -> workplace.runs().sendAsMe(account));
      case DISCARD_OTHERS ->
          ask(
              texts.get("runs.others.discard.title", others.text()),
              texts.get("runs.drop.text"),
              offer.label(),
              texts.get("runs.others.keep", account),
              () -> workplace.runs().discardOf(account));
      default -> screen.keepFor(account);
    }
  }

  // ---------------------------------------------------------------- a run

  private void run(Card card, Offer offer) {
    long run = card.number();
    switch (offer.action()) {
      case SEND, GO_ON -> act(() -> workplace.runs().goOn(run));
      case RETRY -> retry(run, card.title(), offer);
      case TAKE_BACK -> takeBack(run);
      case PAUSE -> act(() -> workplace.runs().pause(run));
      case STOP -> drop(run);
      case COMPARE -> act(() -> workplace.conflicts().lookAgain(run));
      case ASK_FIRST -> act(() -> workplace.runs().askFirst(run, true));
      case BY_ITSELF -> act(() -> workplace.runs().askFirst(run, false));
      case PICK_UP -> pickUp(run);
      case STOP_LOOKING ->
          ask(
              texts.get("runs.stop-looking.title", run, card.title()),
              texts.get("runs.stop-looking.text"),
              offer.label(),
              texts.get("runs.stop-looking.keep"),
              () -> workplace.runs().stopLooking(run));
      case DROP ->
          ask(
              texts.get("runs.drop.title", run, card.title()),
              texts.get("runs.drop.text"),
              offer.label(),
              texts.get("runs.drop.keep"),
              () -> workplace.runs().stop(run),
              () -> dropped(run));
      case UNDO ->
          background.run(
              () -> workplace.runs().takeBack(run),
              inTime -> {
                if (!inTime) {
                  context.dialogs().tell(texts.get("runs.undo.late", run));
                }
              });
      case SIGN_IN -> ways.signIn().run();
      case SIGN_IN_OTHER -> ways.signInAsAnother().run();
      case KEEP -> screen.mayWait(run);
      case WITHOUT_LOOKING ->
          ask(
              texts.get("runs.without-looking.title", card.title()),
              texts.get("runs.without-looking.text"),
              offer.label(),
              texts.get("runs.drop.keep"),
              () -> workplace.conflicts().acceptWithoutLooking(run));
      default -> throw new IllegalArgumentException("Not for a run: " + offer.action());
    }
  }

  private void drop(long run) {
    background.run(
        () -> {
          workplace.runs().stop(run);
          return true;
        },
        done -> {
          dropped(run);
          screen.read();
        });
  }

  /// Says that it can be taken back; so does the card of the run, as long as the program runs.
  private void dropped(long run) {
    context
        .dialogs()
        .tell(texts.get("runs.dropped", run), texts.get("runs.pick-up"), () -> pickUp(run));
  }

  private void pickUp(long run) {
    background.run(
        () -> workplace.runs().pickUp(run),
        rows -> {
          if (rows == 0) {
            context.dialogs().tell(texts.get("runs.pick-up.late", run));
          }
          screen.read();
        });
  }

  private void retry(long run, String title, Offer offer) {
    ask(
        texts.get("runs.retry.title", run, title),
        texts.get("runs.retry.text"),
        offer.label(),
        texts.get("runs.retry.keep"),
        () -> workplace.runs().retry(run));
  }

  /// Looks first what can be deleted and what stays, and says both.
  private void takeBack(long run) {
    background.run(
        () -> {
          workplace.runs().find(run).flatMap(Run::organization).ifPresent(this::readAnew);
          return workplace.runs().previewTakeBack(run);
        },
        preview -> {
          if (preview.canBeDeleted() == 0) {
            context.dialogs().tell(texts.get("runs.take-back.nothing", stays(preview)));
            return;
          }
          ask(
              texts.get("runs.take-back.title", run),
              texts.get(
                  "runs.two-sentences",
                  texts.get("runs.take-back.can", preview.canBeDeleted()),
                  stays(preview)),
              texts.get("runs.take-back.do", preview.canBeDeleted()),
              texts.get("runs.take-back.keep"),
              () -> workplace.runs().takeBackSent(run, GRACE));
        });
  }

  /// Where the server cannot be asked now, what this computer knows has to do.
  private void readAnew(OrganizationId organization) {
    if (workplace.session().ready()) {
      workplace.invitations().refresh(organization);
      workplace.members().refresh(organization);
    }
  }

  /// "9 have joined, 3 are not listed any more: these stay."
  private String stays(TakingBack preview) {
    List<String> parts = new ArrayList<>();
    count(parts, "runs.take-back.joined", preview.joined());
    count(parts, "runs.take-back.not-listed", preview.notListed());
    count(parts, "runs.take-back.ended", preview.ended());
    count(parts, "runs.take-back.deleted", preview.deletedAlready());
    return parts.isEmpty() ? "" : texts.get("runs.take-back.stay", String.join(", ", parts));
  }

  private void count(List<String> parts, String key, int number) {
    if (number > 0) {
      parts.add(texts.get(key, number));
    }
  }

  private void result(Outcomes outcomes, Offer offer) {
    switch (offer.action()) {
      case NARROW -> screen.narrow(outcomes.number(), offer.only());
      case WITH_CODES -> screen.switchCodes(outcomes.number());
      case SUMMARY ->
          background.run(
              () -> result.summary(current(outcomes.number())),
              text -> {
                context.dialogs().copy(text);
                context.dialogs().tell(texts.get("runs.summary.copied"));
              });
      case REPORT_CSV -> report(outcomes.number(), ActivityLog.Format.CSV);
      case REPORT_JSON -> report(outcomes.number(), ActivityLog.Format.JSON_LINES);
      default -> throw new IllegalArgumentException("Not for a result: " + offer.action());
    }
  }

  private void report(long run, ActivityLog.Format format) {
    boolean csv = format == ActivityLog.Format.CSV;
    String ending = csv ? "csv" : "jsonl";
    boolean withCodes = screen.withCodes(run);
    ways.files()
        .save(
            texts.get("runs.report.title", run),
            new FilePicker.Sort(
                texts.get(csv ? "runs.report.csv" : "runs.report.json"), List.of("*." + ending)),
            "guestlist-run-" + run + "." + ending,
            file ->
                background.run(
                    () -> result.report(current(run), format, withCodes, file),
                    context.dialogs()::tell));
  }

  private Run current(long run) {
    return workplace.runs().find(run).orElseThrow();
  }

  // ---------------------------------------------------------------- a row

  private void row(Person person, Offer offer) {
    RunRow row = person.row();
    switch (offer.action()) {
      case COPY_CODE ->
          background.run(
              () -> workplace.runs().code(row.id()),
              code -> {
                code.ifPresent(it -> context.dialogs().copySecret(it.reveal()));
                context
                    .dialogs()
                    .tell(
                        texts.get(
                            code.isPresent() ? "runs.copied" : "runs.no-code",
                            row.target().name()));
              });
      case COPY_DETAILS -> {
        context.dialogs().copy(row.serverText());
        context.dialogs().tell(texts.get("runs.details-copied", person.name()));
      }
      default -> throw new IllegalArgumentException("Not for a row: " + offer.action());
    }
  }

  // ---------------------------------------------------------------- what waits for a decision

  private void decide(Decide line, Offer offer) {
    Conflict conflict = line.conflict();
    switch (offer.action()) {
      case DECIDE -> decided(line, offer.decision().orElseThrow());
      case FOR_ALL ->
          screen.handle(
              line, now -> new Handling(!now.forAll(), now.folded(), now.evidence(), now.edit()));
      case LATER ->
          screen.handle(
              line,
              now -> new Handling(now.forAll(), !now.folded(), now.evidence(), Optional.empty()));
      case CHOOSE -> choose(line);
      case SIGN_IN -> ways.signIn().run();
      case SIGN_IN_OTHER -> ways.signInAsAnother().run();
      case INVITE_AGAIN ->
          conflict
              .organization()
              .ifPresent(organization ->
                  ways.goTo()
                      .accept(
                          organization,
                          new Screen.Invitations(Optional.of(conflict.row().target().name()))));
      case COPY_FOR_CALLER ->
          background.run(
              () -> screen.decisions().forCaller(conflict),
              text -> {
                context.dialogs().copy(text);
                context.dialogs().tell(texts.get("conflict.copied-for-caller"));
              });
      case WHY ->
          background.run(
              () -> screen.decisions().evidence(conflict),
              text ->
                  screen.handle(line, now -> new Handling(now.forAll(), false, text, now.edit())));
      default -> throw new IllegalArgumentException("Not for a decision: " + offer.action());
    }
  }

  private void decided(Decide line, Decision decision) {
    List<Conflict> alike = alike(line);
    counted(() -> workplace.conflicts().decide(alike, decision), alike.size());
  }

  /// Does what was decided, and says so where a card asks something else by now.
  private void counted(Supplier<Integer> decide, int asked) {
    background.run(
        decide::get,
        decided -> {
          if (decided < asked) {
            context.dialogs().tell(texts.get("conflict.changed-meanwhile", asked - decided));
          }
          screen.read();
        });
  }

  private List<Conflict> alike(Decide line) {
    if (!line.forAll()) {
      return List.of(line.conflict());
    }
    return screen.snapshot().map(RunList.Snapshot::conflicts).orElse(List.of()).stream()
        .filter(line.conflict()::alike)
        .toList();
  }

  private void choose(Decide line) {
    Conflict conflict = line.conflict();
    Optional<Target.Person> person = ConflictCards.person(conflict.row().target());
    if (person.isEmpty() || conflict.organization().isEmpty()) {
      return;
    }
    boolean name = conflict.kind() == Conflict.Kind.PERSON_NOT_FOUND;
    Consumer<Assignments.Choice> show =
        there -> {
          ConflictEdit edit = new ConflictEdit(person.get(), name, there);
          screen.handle(
              line, now -> new Handling(now.forAll(), false, now.evidence(), Optional.of(edit)));
        };
    background.run(() -> workplace.assignments().of(conflict.organization().orElseThrow()), show);
  }

  void change(Decide line) {
    line.edit()
        .ifPresent(edit -> {
          List<Conflict> alike = edit.asksForName() ? List.of(line.conflict()) : alike(line);
          Map<Conflict, Target.Person> people = new LinkedHashMap<>();
          for (Conflict one : alike) {
            ConflictCards.person(one.row().target())
                .flatMap(edit::result)
                .ifPresent(person -> people.put(one, person));
          }
          counted(() -> workplace.conflicts().change(people), people.size());
        });
  }

  // ---------------------------------------------------------------- doing it

  private void ask(String title, String text, String action, String keep, Runnable act) {
    ask(title, text, action, keep, act, () -> {});
  }

  private void ask(
      String title, String text, String action, String keep, Runnable act, Runnable then) {
    context
        .dialogs()
        .confirm(new Dialogs.Question(title, text, action, keep), () -> act(act, then));
  }

  private void act(Runnable act) {
    act(act, () -> {});
  }

  private void act(Runnable act, Runnable then) {
    background.run(
        () -> {
          act.run();
          return true;
        },
        done -> {
          then.run();
          screen.read();
        });
  }
}

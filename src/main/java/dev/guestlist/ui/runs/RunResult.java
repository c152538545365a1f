package dev.guestlist.ui.runs;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.service.ActivityLog;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.RowText;
import dev.guestlist.ui.kit.RunWords;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a run came to, to be taken along: three lines for a ticket, or a file with every row. To be
/// used in the background only: it reads the disk.
final class RunResult {
  private final Workplace workplace;
  private final Texts texts;
  private final InstantSource clock;
  private final Ages ages;
  private final RunWords words;

  RunResult(Workplace workplace, Texts texts, InstantSource clock, Ages ages) {
    this.workplace = workplace;
    this.texts = texts;
    this.clock = clock;
    this.ages = ages;
    this.words = new RunWords(texts);
  }

  /// What, how it went, and when by whom; one line each, without codes.
  String summary(Run run) {
    Instant now = clock.instant();
    Instant last =
        workplace.runs().rows(run.number()).stream()
            .map(RunRow::changed)
            .max(Instant::compareTo)
            .orElse(run.posted());
    String title =
        words.title(run, run.organization().map(workplace.organizations()::name).orElse(""));
    String when =
        texts.get("runs.summary.when", ages.moment(run.posted(), now), ages.moment(last, now));
    String who =
        run.account().isBlank()
            ? texts.get("runs.about.nobody", when)
            : texts.get("runs.about", when, run.account());
    return texts.get(
        "runs.summary.text",
        run.number(),
        title,
        words.counts(run),
        run.ticket().number().isBlank()
            ? who
            : texts.get("runs.about.ticket", who, run.ticket().number()));
  }

  /// Writes every row into a file.
  ///
  /// @return what to tell the person
  String report(Run run, ActivityLog.Format format, boolean withCodes, Path file) {
    Map<Optional<OrganizationId>, RowText.Names> names = new HashMap<>();
    try {
      int rows =
          workplace
              .reports()
              .write(
                  run,
                  format,
                  withCodes,
                  row ->
                      RowText.of(
                              row,
                              names.computeIfAbsent(organization(run, row), this::names),
                              texts)
                          .line(),
                  file);
      return texts.get(
          withCodes ? "runs.report.written.codes" : "runs.report.written", rows, file.toString());
    } catch (IOException e) {
      return texts.get("runs.report.not-written", file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<OrganizationId> organization(Run run, RunRow row) {
    return row.target() instanceof Target.Code code ? code.organization() : run.organization();
  }

  private RowText.Names names(Optional<OrganizationId> organization) {
    Optional<OrganizationId> parent =
        organization.flatMap(workplace.organizations()::find).flatMap(one -> one.parent());
    return new RowText.Names(
        organization.map(workplace.organizations()::name).orElse(""),
        parent.map(workplace.organizations()::name).orElse(""));
  }
}

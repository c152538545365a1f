package dev.guestlist.ui.invitations;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Findings;
import dev.guestlist.service.Runs;
import dev.guestlist.ui.invitations.InvitationDetails.Block;
import dev.guestlist.ui.invitations.InvitationDetails.Facts;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What is known about the selected invitation; of several, how many stand where. The code stays
/// masked but for the time that somebody holds it open.
public final class InvitationDetailsViewModel implements AutoCloseable {
  private static final String HIDDEN = "••••••••";

  private final ScreenContext context;
  private final Background background;
  private final OrganizationId organization;
  private final Supplier<Instant> moment;
  private final InvitationDetails details;
  private final FindingWords words;
  private final ReadOnlyObjectWrapper<Shown> shown =
      new ReadOnlyObjectWrapper<>(new Shown("", Optional.empty(), List.of(), 0, Find.NOTHING));
  private final ReadOnlyStringWrapper code = new ReadOnlyStringWrapper("");
  private List<InvitationRow> rows = List.of();
  private Facts facts;
  private int factsAsked;
  private boolean named;
  private Optional<Findings> found = Optional.empty();
  private boolean looking;
  private boolean held;

  /// What the pane shows, but for the code.
  ///
  /// @param row the one row it is about; empty when none or several are selected
  /// @param beforeCode how many of the blocks come before the code
  /// @param find whether somebody can have it found out what became of the invitation
  record Shown(
      String title, Optional<InvitationRow> row, List<Block> blocks, int beforeCode, Find find) {}

  /// Finding out what became of an invitation.
  enum Find {
    NOTHING,
    POSSIBLE,
    LOOKING
  }

  /// @param moment for which things are told
  InvitationDetailsViewModel(
      ScreenContext context, OrganizationId organization, Supplier<Instant> moment) {
    this.context = context;
    this.moment = moment;
    this.organization = organization;
    background = context.background().scope();
    details = new InvitationDetails(context.texts());
    words = new FindingWords(context.texts());
    facts = Facts.none(organization);
    build();
  }

  ReadOnlyObjectProperty<Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /// The code, masked unless it is held open; blank when none lies on this computer.
  ReadOnlyStringProperty codeProperty() {
    return code.getReadOnlyProperty();
  }

  /// Shows these rows.
  void show(List<InvitationRow> selected) {
    boolean sameOne = key(selected).isPresent() && key(selected).equals(key(rows));
    rows = selected;
    if (!sameOne) {
      held = false;
      facts = facts.withoutRow();
      found = Optional.empty();
      looking = false;
    }
    build();
    if (rows.size() == 1) {
      InvitationRow one = rows.getFirst();
      int asked = ++factsAsked;
      background.run(
          () -> Facts.read(one, organization, context.workplace()),
          found -> {
            if (asked == factsAsked && key(rows).equals(Optional.of(one.key()))) {
              facts = found;
              named = true;
              build();
            }
          });
    }
  }

  /// Looks at everything that may say what became of the selected invitation.
  void findOut() {
    Optional<String> asked = key(rows);
    if (asked.isEmpty() || looking) {
      return;
    }
    InvitationRow row = rows.getFirst();
    looking = true;
    build();
    background.runToEnd(
        () -> context.workplace().finder().findOut(organization, row.entry()),
        findings -> {
          if (key(rows).equals(asked)) {
            found = Optional.of(findings);
          }
        },
        () -> {
          if (key(rows).equals(asked)) {
            looking = false;
            build();
          }
        });
  }

  /// Tells the times left anew.
  void tick() {
    build();
  }

  /// Shows the code until [#hide].
  void reveal() {
    Optional<Long> codeRow = codeRow();
    held = true;
    codeRow.ifPresent(of ->
        background.run(
            () -> context.workplace().runs().code(of),
            found -> {
              if (held && codeRow().equals(codeRow)) {
                found.ifPresent(open -> code.set(open.reveal()));
              }
            }));
  }

  void hide() {
    held = false;
    code.set(masked());
  }

  void copyCode() {
    Runs runs = context.workplace().runs();
    codeRow()
        .ifPresent(of ->
            background.run(
                () -> runs.code(of),
                found ->
                    found.ifPresent(open -> {
                      context.dialogs().copySecret(open.reveal());
                      context.dialogs().tell(context.texts().get("invitations.codes.copied", 1));
                    })));
  }

  /// Copies a block as it is read.
  void copy(Block block) {
    context.dialogs().copy(String.join("\n", block.lines()));
  }

  /// Opens the activity about the selected person.
  void showActivity() {
    if (rows.size() == 1) {
      context.navigator().show(new Screen.Activity(rows.getFirst().entry().username()));
    }
  }

  @Override
  public void close() {
    held = false;
    code.set("");
    background.close();
  }

  private void build() {
    Instant now = moment.get();
    shown.set(
        switch (rows.size()) {
          case 0 ->
              new Shown(
                  context.texts().get("details.none"),
                  Optional.empty(),
                  List.of(),
                  0,
                  Find.NOTHING);
          case 1 -> of(rows.getFirst(), now);
          default ->
              new Shown(
                  context.texts().get("details.several", rows.size()),
                  Optional.empty(),
                  details.of(rows),
                  0,
                  Find.NOTHING);
        });
    if (!held) {
      code.set(masked());
    }
  }

  private Shown of(InvitationRow row, Instant now) {
    List<Block> blocks = new ArrayList<>(details.of(row, facts, now));
    // what was found names the organization, which has to be looked up first
    Optional<Findings> told = named ? found : Optional.empty();
    told.ifPresent(findings ->
        blocks.add(
            1,
            new Block(
                context.texts().get("details.found"),
                words.of(findings, row.person(), facts.names(), now))));
    Find find =
        switch (row.status()) {
          case NO_LONGER_LISTED, PROBABLY_EXPIRED, CANNOT_TELL ->
              looking ? Find.LOOKING : Find.POSSIBLE;
          case CODE_LOST,
              DELETED_NOT_INVITED,
              REPLY_UNKNOWN,
              NEEDS_DECISION,
              NOT_SENT,
              EXPIRES_SOON,
              EXPIRED,
              JOINED_STILL_LISTED,
              WAITING,
              DELETING,
              SENDING,
              PENDING,
              JOINED,
              REPLACED,
              DELETED_HERE ->
              looking ? Find.LOOKING : Find.NOTHING;
        };
    int beforeCode = told.isPresent() ? 3 : 2;
    return new Shown(row.person(), Optional.of(row), blocks, beforeCode, find);
  }

  private String masked() {
    return codeRow().isEmpty() ? "" : facts.maskedCode().orElse(HIDDEN);
  }

  private Optional<Long> codeRow() {
    return rows.size() == 1 ? rows.getFirst().entry().codeRow() : Optional.empty();
  }

  private static Optional<String> key(List<InvitationRow> rows) {
    return rows.size() == 1 ? Optional.of(rows.getFirst().key()) : Optional.empty();
  }
}

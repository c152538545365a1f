package dev.guestlist.ui.accept;

import dev.guestlist.model.CodeCheck;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes.Repair;
import dev.guestlist.model.RunRow;
import java.util.Optional;

/// One code of the table, with texts that are ready to be shown. The code itself is held only as
/// long as it may still have to be sent; it is shown masked.
///
/// @param key tells rows apart; the same for the same code through all its states
/// @param code empty once it is settled
/// @param masked its last four letters
/// @param host of the link that it stood in; empty when it stood in none
/// @param into the organization; blank while not known
/// @param from its parent, whose user the person is; blank while not known
/// @param gets groups and roles in words; blank while not known
/// @param note what the state means, in a sentence or two
/// @param check what the server said about the code, where it was asked
/// @param sent the row of the run that sends it, once it was posted
public record AcceptRow(
    int key,
    Optional<ConfirmationCode> code,
    String masked,
    Repair repair,
    Optional<String> host,
    boolean ticked,
    CodeState state,
    String person,
    String into,
    String from,
    String gets,
    String note,
    Optional<CodeCheck> check,
    Optional<RunRow> sent) {

  /// A way out of where a row stands.
  public enum Offer {
    /// looks a code up though its link leads to another server
    CHECK_HERE("accept.offer.check-here"),
    /// asks for a new invitation
    ASK_AGAIN("accept.offer.ask-again");

    private final String key;

    Offer(String key) {
      this.key = key;
    }

    /// The key of its words.
    public String key() {
      return key;
    }
  }

  /// What can be done where accepting cannot go ahead.
  public Optional<Offer> offer() {
    return switch (state) {
      case EXPIRED -> Optional.of(Offer.ASK_AGAIN);
      case OTHER_SERVER -> Optional.of(Offer.CHECK_HERE);
      case CHECKING,
          READY,
          ELSEWHERE,
          UNKNOWN,
          ACCEPTED_BEFORE,
          WAITS_HERE,
          NOT_CHECKED,
          KEPT,
          ACCEPTING,
          LOOKING,
          DECISION,
          JOINED,
          MEMBER,
          USER_EXISTS,
          REFUSED,
          CANNOT_TELL ->
          Optional.empty();
    };
  }

  AcceptRow withTick(boolean newTick) {
    return new AcceptRow(
        key,
        code,
        masked,
        repair,
        host,
        newTick && state.sendable(),
        state,
        person,
        into,
        from,
        gets,
        note,
        check,
        sent);
  }

  /// The row as it is while its code is looked up.
  AcceptRow checking() {
    return in(CodeState.CHECKING, "");
  }

  AcceptRow in(CodeState newState, String newNote) {
    return new AcceptRow(
        key,
        newState.finished() ? Optional.empty() : code,
        masked,
        repair,
        host,
        ticked && newState.sendable(),
        newState,
        person,
        into,
        from,
        gets,
        newNote,
        check,
        sent);
  }

  AcceptRow sentAs(Optional<RunRow> row) {
    return new AcceptRow(
        key, code, masked, repair, host, ticked, state, person, into, from, gets, note, check, row);
  }

  /// The row with what a look at its code brought.
  AcceptRow as(Desk.Looked looked) {
    return new AcceptRow(
            key,
            code,
            masked,
            repair,
            host,
            ticked,
            state,
            looked.person(),
            looked.into(),
            looked.from(),
            looked.gets(),
            note,
            looked.check(),
            sent)
        .in(looked.state(), looked.note())
        .withTick(looked.state() == CodeState.READY);
  }

  /// The row with the names that its run learned, where it had none.
  AcceptRow named(String newPerson, String newInto) {
    return new AcceptRow(
        key,
        code,
        masked,
        repair,
        host,
        ticked,
        state,
        person.isBlank() ? newPerson : person,
        into.isBlank() ? newInto : into,
        from,
        gets,
        note,
        check,
        sent);
  }
}

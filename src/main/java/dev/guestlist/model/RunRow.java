package dev.guestlist.model;

import java.time.Instant;
import java.util.Optional;

/// One person, invitation or code of a run, with its own state, reason and outcome.
///
/// @param id key on this computer; grows
/// @param run the number of its run
/// @param position place within the run, from 0
/// @param attempts how often a call for this row has left
/// @param notBefore the moment from which it may leave
/// @param reason why it was refused, or why it waits for a decision
/// @param serverText the server's code and words for it; blank when there are none
/// @param invitation the invitation that this row made, where it is known
/// @param basis what was known of the person when the run was posted; empty for codes
/// @param decided what somebody decided about it last
/// @param changed when the state was written last
/// @param lost how often its call was lost and it went back to the queue; counted anew for the
///   second step of an "invite again"
/// @param alone whether the server did not find the person in a call with others, so that it is, or
///   was, asked once more in a call of its own
public record RunRow(
    long id,
    long run,
    int position,
    Target target,
    RowState state,
    int attempts,
    Instant notBefore,
    Optional<Reason> reason,
    String serverText,
    Optional<InvitationId> invitation,
    Optional<Basis> basis,
    Optional<Decision> decided,
    Instant changed,
    int lost,
    boolean alone) {}

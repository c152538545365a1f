package dev.guestlist.ui.members;

import java.util.Optional;

/// One line of the member table, ready to be shown.
///
/// @param id the user's id in the organization; for keeping a selection
/// @param origin where the account lives, in words: "managed by Partners", or "made here"
/// @param joined whether the account lives in another organization: somebody who joined
/// @param invited which run of this computer invited the person, in words; blank when none did
/// @param run its number; empty when none did
/// @param searched what the filter looks at, in lower case
public record MemberRow(
    String id,
    String username,
    String fullName,
    String email,
    String groups,
    String roles,
    String origin,
    boolean joined,
    String invited,
    Optional<Long> run,
    String searched) {}

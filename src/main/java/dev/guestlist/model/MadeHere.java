package dev.guestlist.model;

/// How an invitation was made from this computer.
///
/// @param row the row that made it
/// @param account who was signed in; blank when nobody was
/// @param ticket what was noted about the run
public record MadeHere(RunRow row, String account, Ticket ticket) {}

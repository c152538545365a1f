package dev.guestlist.model;

import java.time.Instant;

/// The one program on a data folder that sends.
///
/// @param process its number in the operating system of its computer
/// @param computer the name of that computer; blank when it has none
/// @param user who is logged in there, as the operating system calls them
/// @param since when it began to send
/// @param connection the name of the connection that it has open and sends for; blank when it did
///   not say
public record SendingProgram(
    long process, String computer, String user, Instant since, String connection) {}

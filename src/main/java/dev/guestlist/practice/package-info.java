/// A complete little identity server on the loopback address, with the oddities of the real one. It
/// speaks HTTP only and shares no class with the rest of the program on purpose: a misread contract
/// must show as a failing call, not cancel itself out. May import Java, the JDK's HTTP server,
/// Jackson, Nimbus for signatures, JDBC, and none of our other folders.
@NullMarked
package dev.guestlist.practice;

import org.jspecify.annotations.NullMarked;

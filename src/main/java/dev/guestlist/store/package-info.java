/// Keeps data on this computer, in two SQLite files: `cache.db` holds what can be read again from
/// the server, `guestlist.db` holds what cannot (connections, runs, sealed secrets, view state).
///
/// Methods speak of the subject; no result set leaves. May import `model`, JDBC and Jackson.
@NullMarked
package dev.guestlist.store;

import org.jspecify.annotations.NullMarked;

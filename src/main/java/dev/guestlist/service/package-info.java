/// What an administrator can do; the only place where online and offline meet.
///
/// Plain blocking code, to be called from any thread but the window's. May import `model`, `server`
/// and `store`.
@NullMarked
package dev.guestlist.service;

import org.jspecify.annotations.NullMarked;

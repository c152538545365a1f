/// Talks to the identity server: one method per endpoint, blocking, with words of `model` in and
/// out. JSON and HTTP never leave this folder. May import `model`, OkHttp, Jackson and the OAuth
/// library.
@NullMarked
package dev.guestlist.server;

import org.jspecify.annotations.NullMarked;

/// Welcome, and getting connected.
@NullMarked
package dev.guestlist.ui.connect;

import org.jspecify.annotations.NullMarked;

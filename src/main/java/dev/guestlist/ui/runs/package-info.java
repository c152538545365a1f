/// What was sent, what waits, and what needs a decision.
@NullMarked
package dev.guestlist.ui.runs;

import org.jspecify.annotations.NullMarked;

/// Accepting codes on behalf of the people who own them.
@NullMarked
package dev.guestlist.ui.accept;

import org.jspecify.annotations.NullMarked;

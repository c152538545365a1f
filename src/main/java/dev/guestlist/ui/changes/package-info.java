/// What changed in an organization since a former day.
@NullMarked
package dev.guestlist.ui.changes;

import org.jspecify.annotations.NullMarked;

/// Who is in an organization.
@NullMarked
package dev.guestlist.ui.members;

import org.jspecify.annotations.NullMarked;

/// The invitations of one organization: the table and its details.
@NullMarked
package dev.guestlist.ui.invitations;

import org.jspecify.annotations.NullMarked;

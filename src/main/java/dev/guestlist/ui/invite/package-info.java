/// Inviting people into one organization, and the result person by person.
@NullMarked
package dev.guestlist.ui.invite;

import org.jspecify.annotations.NullMarked;

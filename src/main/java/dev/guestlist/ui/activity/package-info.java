/// What was done from this computer.
@NullMarked
package dev.guestlist.ui.activity;

import org.jspecify.annotations.NullMarked;

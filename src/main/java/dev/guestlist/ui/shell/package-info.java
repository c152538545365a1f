/// The window around the screens: rail, path line, palette, status bar; opens every screen. The
/// only folder that knows all screens.
@NullMarked
package dev.guestlist.ui.shell;

import org.jspecify.annotations.NullMarked;

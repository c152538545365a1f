/// The commands for machines without a display: one class a command, which prints and ends. Same
/// store, same runs, same vault as the window.
///
/// May import `model`, `service`, picocli and Jackson, and of the window only the words that people
/// read (`ui.kit`'s text classes, which need no toolkit), so that both say the same.
@NullMarked
package dev.guestlist.cli;

import org.jspecify.annotations.NullMarked;

/// Starts the program and wires its parts together. Knows every other folder.
@NullMarked
package dev.guestlist.app;

import org.jspecify.annotations.NullMarked;

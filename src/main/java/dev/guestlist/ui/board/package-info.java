/// Where every organization stands, and reading many for offline work.
@NullMarked
package dev.guestlist.ui.board;

import org.jspecify.annotations.NullMarked;

/// What every screen uses: work in the background, loading of fxml, texts, dialogs, small controls.
///
/// May import `model` and `service`; imports no screen.
@NullMarked
package dev.guestlist.ui.kit;

import org.jspecify.annotations.NullMarked;

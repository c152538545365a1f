package dev.guestlist.ui.connect;

import dev.guestlist.service.Connections;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.FilePicker;
import dev.guestlist.ui.kit.Places;
import dev.guestlist.ui.kit.Texts;
import java.time.InstantSource;

/// What the screens for getting connected are given. They work with or without an open connection.
public record ConnectContext(
    Connections kept,
    Places places,
    Background background,
    Dialogs dialogs,
    FilePicker files,
    Texts texts,
    InstantSource clock,
    Drafts drafts) {

  /// The same with the background of one screen.
  ConnectContext with(Background of) {
    return new ConnectContext(kept, places, of, dialogs, files, texts, clock, drafts);
  }
}

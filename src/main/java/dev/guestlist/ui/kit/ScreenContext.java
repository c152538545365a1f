package dev.guestlist.ui.kit;

import dev.guestlist.service.Workplace;
import java.time.InstantSource;

/// What a view model gets from the window: the open connection and the ways out of the screen.
public record ScreenContext(
    Workplace workplace,
    Background background,
    Navigator navigator,
    Dialogs dialogs,
    Texts texts,
    InstantSource clock,
    Remembered remembered) {}

package dev.guestlist.ui.invite;

import dev.guestlist.ui.kit.ScreenContext;

/// To be filled.
public final class InviteDialogViewModel implements AutoCloseable {
  private final ScreenContext context;

  public InviteDialogViewModel(ScreenContext context) {
    this.context = context;
  }

  ScreenContext context() {
    return context;
  }

  @Override
  public void close() {}
}

package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.ScreenContext;

/// To be filled.
public final class InvitationsViewModel implements AutoCloseable {
  private final ScreenContext context;

  public InvitationsViewModel(ScreenContext context) {
    this.context = context;
  }

  ScreenContext context() {
    return context;
  }

  @Override
  public void close() {}
}

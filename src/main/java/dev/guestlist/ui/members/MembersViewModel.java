package dev.guestlist.ui.members;

import dev.guestlist.ui.kit.ScreenContext;

/// To be filled.
public final class MembersViewModel implements AutoCloseable {
  private final ScreenContext context;

  public MembersViewModel(ScreenContext context) {
    this.context = context;
  }

  ScreenContext context() {
    return context;
  }

  @Override
  public void close() {}
}

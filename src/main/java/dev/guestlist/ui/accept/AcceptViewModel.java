package dev.guestlist.ui.accept;

import dev.guestlist.ui.kit.ScreenContext;

/// To be filled.
public final class AcceptViewModel implements AutoCloseable {
  private final ScreenContext context;

  public AcceptViewModel(ScreenContext context) {
    this.context = context;
  }

  ScreenContext context() {
    return context;
  }

  @Override
  public void close() {}
}

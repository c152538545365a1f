package dev.guestlist.ui.runs;

import dev.guestlist.ui.kit.ScreenContext;

/// To be filled.
public final class RunsViewModel implements AutoCloseable {
  private final ScreenContext context;

  public RunsViewModel(ScreenContext context) {
    this.context = context;
  }

  ScreenContext context() {
    return context;
  }

  @Override
  public void close() {}
}

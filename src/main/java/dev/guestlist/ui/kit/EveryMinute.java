package dev.guestlist.ui.kit;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.util.Duration;

/// Does something every minute as long as a screen is in a window: ages grow while they are read.
public final class EveryMinute {
  private EveryMinute() {}

  public static void run(Node screen, Runnable action) {
    Timeline minutes = new Timeline(new KeyFrame(Duration.minutes(1), tick -> action.run()));
    minutes.setCycleCount(Animation.INDEFINITE);
    screen
        .sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            minutes.play();
          } else {
            minutes.stop();
          }
        });
  }
}

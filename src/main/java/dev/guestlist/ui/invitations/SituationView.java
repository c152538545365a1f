package dev.guestlist.ui.invitations;

import dev.guestlist.ui.kit.Band;
import dev.guestlist.ui.kit.EmptyState;
import dev.guestlist.ui.kit.Texts;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Shows the line above the rows, and what stands in their place: a sentence with its way on, or
/// outlines when the first reading takes more than a moment.
final class SituationView {
  private static final int OUTLINES = 12;
  private static final Duration BEFORE_OUTLINES = Duration.millis(150);

  private final InvitationsViewModel model;
  private final Texts texts;
  private final Band band;
  private final VBox outlines;
  private final EmptyState message;
  private final Button bandButton = new Button();
  private final Button bandOther = new Button();
  private final Button messageButton = new Button();
  private final PauseTransition outlinesDue = new PauseTransition(BEFORE_OUTLINES);

  SituationView(
      InvitationsViewModel model, Texts texts, Band band, VBox outlines, EmptyState message) {
    this.model = model;
    this.texts = texts;
    this.band = band;
    this.outlines = outlines;
    this.message = message;
    for (int i = 0; i < OUTLINES; i++) {
      Region line = new Region();
      line.getStyleClass().add("outline");
      line.setMinHeight(0);
      outlines.getChildren().add(line);
    }
    band.getButtons().addAll(bandButton, bandOther);
    message.getActions().add(messageButton);
    outlinesDue.setOnFinished(event -> outlines.setVisible(waits(content())));
    model.situationProperty().addListener((property, before, is) -> show(is));
    show(model.situationProperty().get());
  }

  private void show(Situation situation) {
    Optional<Situation.Notice> notice = situation.notice();
    band.setText(notice.map(Situation.Notice::text).orElse(""));
    notice.ifPresent(is -> band.setKind(kind(is.tone())));
    offer(bandButton, notice.flatMap(Situation.Notice::step));
    offer(bandOther, notice.flatMap(Situation.Notice::other));
    if (!waits(situation.content())) {
      outlines.setVisible(false);
    } else if (!outlines.isVisible()) {
      outlinesDue.playFromStart();
    }
    switch (situation.content()) {
      case Situation.Content.Message is -> {
        message.setText(is.text());
        offer(messageButton, is.step());
        message.setVisible(true);
      }
      case Situation.Content.Rows ignored -> message.setVisible(false);
      case Situation.Content.Outlines ignored -> message.setVisible(false);
    }
  }

  private void offer(Button button, Optional<Situation.Step> step) {
    button.setVisible(step.isPresent());
    button.setManaged(step.isPresent());
    step.ifPresent(is -> {
      button.setText(texts.get(is.key()));
      button.setOnAction(event -> model.take(is));
      button.getStyleClass().remove("primary");
      if (is == Situation.Step.INVITE) {
        button.getStyleClass().add("primary");
      }
    });
  }

  private Situation.Content content() {
    return model.situationProperty().get().content();
  }

  private static boolean waits(Situation.Content content) {
    return content instanceof Situation.Content.Outlines;
  }

  private static Band.Kind kind(Situation.Tone tone) {
    return switch (tone) {
      case OFFLINE -> Band.Kind.OFFLINE;
      case PAST -> Band.Kind.PAST;
      case INFO -> Band.Kind.INFO;
      case WARNING -> Band.Kind.WARNING;
    };
  }
}

package dev.guestlist.ui.accept;

import dev.guestlist.model.Ticket;
import dev.guestlist.ui.kit.Remembered;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What is noted beside the codes: ticket, note, and that the caller is the person named; and how
/// this computer wants codes to be accepted, which is remembered.
public final class DeskNotes {
  /// The countdowns that can be chosen, in seconds.
  public static final List<Integer> COUNTDOWNS = List.of(0, 3, 5, 10, 20, 30);

  private static final int USUAL_COUNTDOWN = 5;
  private static final String COUNTDOWN = "accept.countdown";
  private static final String DEMANDED = "accept.demand-made-sure";

  private final StringProperty ticket = new SimpleStringProperty("");
  private final StringProperty note = new SimpleStringProperty("");
  private final BooleanProperty madeSure = new SimpleBooleanProperty();
  private final BooleanProperty demanded = new SimpleBooleanProperty();
  private final ObjectProperty<Integer> countdown = new SimpleObjectProperty<>();

  DeskNotes(Remembered remembered) {
    demanded.set(remembered.get(DEMANDED).filter("true"::equals).isPresent());
    demanded.subscribe(is -> remembered.put(DEMANDED, String.valueOf(is)));
    countdown.set(
        remembered
            .get(COUNTDOWN)
            .flatMap(text -> COUNTDOWNS.stream().filter(one -> text.equals("" + one)).findFirst())
            .orElse(USUAL_COUNTDOWN));
    countdown.subscribe(seconds -> remembered.put(COUNTDOWN, "" + seconds));
  }

  public StringProperty ticketProperty() {
    return ticket;
  }

  public StringProperty noteProperty() {
    return note;
  }

  /// Whether somebody made sure that the caller is the person named. Forgotten with each new list.
  public BooleanProperty madeSureProperty() {
    return madeSure;
  }

  /// Whether nobody is accepted here before that.
  public BooleanProperty demandedProperty() {
    return demanded;
  }

  /// Seconds between the button and the first accept, in which Esc takes it back.
  public ObjectProperty<Integer> countdownProperty() {
    return countdown;
  }

  Duration countdown() {
    return Duration.ofSeconds(countdown.get());
  }

  /// Whether accepting has to wait for somebody to make sure who is calling.
  boolean open() {
    return demanded.get() && !madeSure.get();
  }

  /// Ticket and note were about one caller; the next one has another.
  void forget() {
    ticket.set("");
    note.set("");
  }

  Ticket forRun() {
    return new Ticket(ticket.get(), note.get(), madeSure.get());
  }
}

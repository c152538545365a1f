package dev.guestlist.ui.accept;

import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Session;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.accept.Ends.Whose;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Screen;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/// What the small window for codes shows: a list of its own, taken in, looked up and accepted as on
/// the large screen, with what one needs beside a ticket system.
public final class DeskViewModel implements AutoCloseable {
  private final ScreenContext context;
  private final Workplace workplace;
  private final Texts texts;
  private final Background background;
  private final AcceptViewModel codes;
  private final Ages ages;
  private final Changes.Subscription subscription;
  private final ObservableList<Card> cards = FXCollections.observableArrayList();
  private final Map<Integer, Instant> ends = new HashMap<>();
  private final ReadOnlyObjectWrapper<LinkWord> link;
  private final ReadOnlyStringWrapper acceptText = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper acceptsOne = new ReadOnlyBooleanWrapper();

  /// How things stand with the server, as glyph, word and style class.
  public record LinkWord(String glyph, String word, String style) {}

  /// One code of the list.
  ///
  /// @param ends when the invitation ends, in words; blank when that is not known
  public record Card(AcceptRow row, String ends) {}

  /// @param ways to what the window does that stands beside this one
  public DeskViewModel(ScreenContext context, AcceptViewModel.Ways ways) {
    this.context = context;
    workplace = context.workplace();
    texts = context.texts();
    background = context.background().scope();
    ages = new Ages(texts, ZoneId.systemDefault());
    codes = new AcceptViewModel(context, ways);
    link = new ReadOnlyObjectWrapper<>(linkWord());
    codes.rows().addListener(this::rowsChanged);
    codes.acceptTextProperty().subscribe(text -> showAccept());
    codes
        .checkingProperty()
        .subscribe(checking -> {
          if (!checking) {
            readEnds();
          }
        });
    subscription = workplace.changes().subscribe(background.onScreen(this::changed));
  }

  /// The list and what can be done with it.
  public AcceptViewModel codes() {
    return codes;
  }

  /// The rows of the list, each with its end.
  public ObservableList<Card> cards() {
    return cards;
  }

  public ReadOnlyObjectProperty<LinkWord> linkProperty() {
    return link.getReadOnlyProperty();
  }

  /// What the accept button says: the name of one person, or how many; blank while there is nothing
  /// to accept.
  public ReadOnlyStringProperty acceptTextProperty() {
    return acceptText.getReadOnlyProperty();
  }

  /// Whether accepting would accept one person: then Enter is enough.
  public ReadOnlyBooleanProperty acceptsOneProperty() {
    return acceptsOne.getReadOnlyProperty();
  }

  /// Enter outside of buttons: checks what stands in the field, else accepts when it is one person.
  public void enter() {
    if (!codes.inputProperty().get().isBlank()) {
      codes.check();
    } else if (acceptsOne.get()) {
      codes.accept();
    }
  }

  /// Shows the large screen.
  public void more() {
    context.navigator().show(new Screen.Accept());
  }

  /// Takes back what still counts down and forgets every code; what has left goes on.
  @Override
  public void close() {
    subscription.close();
    background.close();
    codes.close();
  }

  private void rowsChanged(ListChangeListener.Change<? extends AcceptRow> change) {
    while (change.next()) {
      if (change.wasReplaced() && change.getAddedSize() == change.getRemovedSize()) {
        for (int at = change.getFrom(); at < change.getTo(); at++) {
          cards.set(at, card(change.getList().get(at)));
        }
      } else {
        cards.setAll(change.getList().stream().map(this::card).toList());
      }
    }
    showAccept();
  }

  private Card card(AcceptRow row) {
    Optional<Instant> end =
        row.state().sendable() ? Optional.ofNullable(ends.get(row.key())) : Optional.empty();
    return new Card(
        row, end.map(at -> ages.left(at, context.clock().instant())).map(this::ends).orElse(""));
  }

  /// In one piece, so that no line breaks inside.
  private String ends(String left) {
    return texts.get("desk.ends", left).replace(' ', '\u00a0');
  }

  private void showAccept() {
    List<AcceptRow> chosen =
        codes.rows().stream().filter(row -> row.ticked() && row.state().sendable()).toList();
    boolean can = !codes.acceptTextProperty().get().isEmpty();
    acceptsOne.set(can && chosen.size() == 1);
    acceptText.set(
        acceptsOne.get()
            ? texts.get("desk.accept", chosen.getFirst().person())
            : codes.acceptTextProperty().get());
  }

  private void readEnds() {
    Map<Integer, Whose> wanted =
        codes.rows().stream()
            .filter(row -> row.state().sendable() && !ends.containsKey(row.key()))
            .filter(row -> row.check().isPresent())
            .collect(Collectors.toMap(AcceptRow::key, row -> Whose.of(row.check().orElseThrow())));
    if (wanted.isEmpty()) {
      return;
    }
    background.run(
        () -> new Ends(workplace.invitations()).of(Set.copyOf(wanted.values())),
        found -> {
          wanted.forEach((key, whose) ->
              Optional.ofNullable(found.get(whose)).ifPresent(end -> ends.put(key, end)));
          cards.replaceAll(one -> card(one.row()));
        });
  }

  private void changed(Change change) {
    if (change instanceof Change.SessionChanged) {
      link.set(linkWord());
    }
  }

  private LinkWord linkWord() {
    Session session = workplace.session();
    if (session.link().offline()) {
      return new LinkWord("○", texts.get("desk.offline"), "warning");
    }
    return session.account().isPresent()
        ? new LinkWord("●", texts.get("desk.online"), "success")
        : new LinkWord("◌", texts.get("desk.signed-out"), "quiet");
  }
}

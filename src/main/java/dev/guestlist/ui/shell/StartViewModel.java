package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Organizations;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the work area offers while no organization is open: those visited lately, else the first
/// ones below the top.
final class StartViewModel implements AutoCloseable {
  private static final int MOST = 9;

  private final Organizations organizations;
  private final Texts texts;
  private final Consumer<OrganizationId> go;
  private final Background background;
  private final Changes.Subscription subscription;
  private final Reread<Offer> offer;
  private final ObservableList<Place> places = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");

  /// An organization to choose.
  ///
  /// @param path the way to it, without itself
  record Place(OrganizationId id, String name, String path) {}

  private record Offer(List<Place> places, int known, Optional<Organization> root) {}

  StartViewModel(ScreenContext context, Consumer<OrganizationId> go) {
    this.go = go;
    organizations = context.workplace().organizations();
    texts = context.texts();
    background = context.background().scope();
    offer = Reread.of(background, this::read, this::show);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    offer.ask();
  }

  ObservableList<Place> places() {
    return places;
  }

  /// A sentence below the title.
  ReadOnlyStringProperty hintProperty() {
    return hint.getReadOnlyProperty();
  }

  void go(Place place) {
    go.accept(place.id());
  }

  private void changed(Change change) {
    switch (change) {
      case Change.OrganizationsChanged ignored -> offer.ask();
      case Change.SessionChanged ignored -> {}
      case Change.InvitationsChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  private Offer read() {
    Optional<Organization> root = organizations.root();
    List<Place> lately =
        organizations.search("", MOST).stream()
            .map(found -> place(found.organization(), found.path()))
            .toList();
    List<Place> below =
        root.stream()
            .flatMap(top -> organizations.children(top.id()).stream())
            .limit(MOST)
            .map(child -> place(child, organizations.path(child.id())))
            .toList();
    return new Offer(lately.isEmpty() ? below : lately, organizations.known(), root);
  }

  private void show(Offer now) {
    places.setAll(now.places());
    if (!now.places().isEmpty()) {
      hint.set(texts.get("start.hint", now.known(), Keys.name("Ctrl+K")));
    } else {
      hint.set(
          now.root()
              .map(root -> texts.get("start.no-children", root.name()))
              .orElseGet(() -> texts.get("start.nothing-known")));
    }
  }

  private static Place place(Organization organization, List<Organization> path) {
    String way =
        path.stream()
            .limit(Math.max(0, path.size() - 1))
            .map(Organization::name)
            .collect(Collectors.joining(" / "));
    return new Place(organization.id(), organization.name(), way);
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}

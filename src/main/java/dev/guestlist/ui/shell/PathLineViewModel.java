package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// The way from the top to the organization that is open. Long ones are folded in the middle.
final class PathLineViewModel implements AutoCloseable {
  private static final int LONGEST = 4;

  private final ScreenContext context;
  private final Consumer<OrganizationId> go;
  private final Background background;
  private final ObjectProperty<List<Part>> parts = new SimpleObjectProperty<>(List.of());
  private List<Organization> path = List.of();

  /// A piece of the line.
  sealed interface Part {
    /// An organization on the way, or at its end.
    record One(Organization organization, boolean last) implements Part {}

    /// Several that are folded away.
    record Folded(List<Organization> organizations) implements Part {}
  }

  PathLineViewModel(ScreenContext context, Consumer<OrganizationId> go) {
    this.context = context;
    this.go = go;
    this.background = context.background().scope();
  }

  ObjectProperty<List<Part>> partsProperty() {
    return parts;
  }

  void show(List<Organization> newPath) {
    path = newPath;
    parts.set(fold(newPath));
  }

  void go(Organization organization) {
    go.accept(organization.id());
  }

  /// What lies below an organization on the way, to be shown at the arrow behind it.
  void below(Organization organization, Consumer<List<Organization>> show) {
    background.run(() -> context.workplace().organizations().children(organization.id()), show);
  }

  /// `ACME / Partners / Northwind`; blank when nothing is open.
  String whole() {
    return path.stream().map(Organization::name).collect(Collectors.joining(" / "));
  }

  void copy() {
    context.dialogs().copy(whole());
    context.dialogs().tell(context.texts().get("path.copied"));
  }

  private static List<Part> fold(List<Organization> path) {
    int size = path.size();
    if (size <= LONGEST) {
      return path.stream()
          .map(one -> (Part) new Part.One(one, one.equals(path.getLast())))
          .toList();
    }
    return List.of(
        new Part.One(path.getFirst(), false),
        new Part.Folded(path.subList(1, size - 2)),
        new Part.One(path.get(size - 2), false),
        new Part.One(path.getLast(), true));
  }

  @Override
  public void close() {
    background.close();
  }
}

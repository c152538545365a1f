package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// One organization in the tree of the rail. Its children come when it is opened.
final class OrganizationNode {
  private final ObjectProperty<Organization> organization;
  private final ObservableList<OrganizationNode> children = FXCollections.observableArrayList();
  private final BooleanProperty open = new SimpleBooleanProperty();
  private final BooleanProperty reading = new SimpleBooleanProperty();
  private final BooleanProperty childless = new SimpleBooleanProperty();

  OrganizationNode(Organization organization) {
    this.organization = new SimpleObjectProperty<>(organization);
    childless.set(organization.hasChildren().equals(Optional.of(false)));
  }

  OrganizationId id() {
    return organization.get().id();
  }

  Organization organization() {
    return organization.get();
  }

  ObjectProperty<Organization> organizationProperty() {
    return organization;
  }

  ObservableList<OrganizationNode> children() {
    return children;
  }

  BooleanProperty openProperty() {
    return open;
  }

  BooleanProperty readingProperty() {
    return reading;
  }

  /// Whether it is known that nothing lies below.
  BooleanProperty childlessProperty() {
    return childless;
  }

  void update(Organization newer) {
    organization.set(newer);
  }

  /// Takes over the children as they are now; those that stay keep what lies open below them.
  ///
  /// @param complete whether the server was asked, so that no children means that there are none
  void takeChildren(List<Organization> now, boolean complete) {
    Map<OrganizationId, OrganizationNode> before = new HashMap<>();
    children.forEach(child -> before.put(child.id(), child));
    List<OrganizationNode> after =
        now.stream()
            .map(child -> {
              OrganizationNode known = before.get(child.id());
              if (known == null) {
                return new OrganizationNode(child);
              }
              known.update(child);
              return known;
            })
            .toList();
    if (!after.equals(children)) {
      children.setAll(after);
    }
    if (complete || !now.isEmpty()) {
      childless.set(now.isEmpty());
    }
  }
}

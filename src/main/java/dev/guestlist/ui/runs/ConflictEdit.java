package dev.guestlist.ui.runs;

import dev.guestlist.model.Group;
import dev.guestlist.model.Role;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.service.Assignments;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/// What is being changed about somebody to invite: the name and user store of somebody whom the
/// server does not know, or groups and roles in place of those that do not exist any more.
final class ConflictEdit {
  private final boolean asksForName;
  private final StringProperty name;
  private final StringProperty store;
  private final List<Group> groups;
  private final List<Role> roles;
  private final ObservableSet<String> chosen = FXCollections.observableSet();

  ConflictEdit(Target.Person person, boolean asksForName, Assignments.Choice there) {
    this.asksForName = asksForName;
    this.name = new SimpleStringProperty(person.username().name());
    this.store = new SimpleStringProperty(person.username().userStore().orElse(""));
    this.groups = there.groups();
    this.roles = there.roles();
    Set<String> had =
        Set.copyOf(
            Stream.concat(
                    person.groups().stream().map(Group::id), person.roles().stream().map(Role::id))
                .toList());
    groups.stream().map(Group::id).filter(had::contains).forEach(chosen::add);
    roles.stream().map(Role::id).filter(had::contains).forEach(chosen::add);
  }

  /// Whether the name is wrong; else groups or roles are.
  boolean asksForName() {
    return asksForName;
  }

  StringProperty nameProperty() {
    return name;
  }

  /// Blank for the server's default store.
  StringProperty storeProperty() {
    return store;
  }

  List<Group> groups() {
    return groups;
  }

  List<Role> roles() {
    return roles;
  }

  /// Ids of the groups and roles that are chosen.
  ObservableSet<String> chosen() {
    return chosen;
  }

  /// Whom to invite now, in place of `person`; empty when no name is left.
  Optional<Target.Person> result(Target.Person person) {
    if (!asksForName) {
      return Optional.of(
          new Target.Person(
              person.username(),
              roles.stream().filter(role -> chosen.contains(role.id())).toList(),
              groups.stream().filter(group -> chosen.contains(group.id())).toList()));
    }
    String typed = name.get().strip();
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    String typedStore = store.get().strip().toUpperCase(Locale.ROOT);
    Username username =
        typedStore.isEmpty() ? Username.parse(typed) : new Username(typed, Optional.of(typedStore));
    return Optional.of(new Target.Person(username, person.roles(), person.groups()));
  }
}

package dev.guestlist.ui.shell;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Organizations;
import dev.guestlist.service.Session;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.Reread;
import dev.guestlist.ui.kit.ScreenContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// The tree of organizations: opened parts stay open, also over a restart, and children are read
/// when their parent is opened.
final class RailViewModel implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 200;

  private final ScreenContext context;
  private final Organizations organizations;
  private final Session session;
  private final Background background;
  private final Changes.Subscription subscription;
  private final Reread<Optional<Organization>> root;
  private final Reread<Map<OrganizationId, Children>> opened;
  private final ObjectProperty<Optional<OrganizationNode>> top =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final Map<OrganizationId, OrganizationNode> nodes = new HashMap<>();
  private final Set<OrganizationId> open = new LinkedHashSet<>();
  private List<OrganizationId> askedFor = List.of();

  private record Children(List<Organization> now, boolean complete) {}

  RailViewModel(ScreenContext context) {
    this.context = context;
    organizations = context.workplace().organizations();
    session = context.workplace().session();
    background = context.background().scope();
    context
        .remembered()
        .get(key())
        .ifPresent(ids ->
            Stream.of(ids.split(",", -1))
                .filter(id -> !id.isBlank())
                .map(OrganizationId::new)
                .forEach(open::add));
    root = Reread.of(background, organizations::root, this::takeRoot);
    opened = Reread.of(background, this::readOpened, this::takeOpened);
    subscription = context.workplace().changes().subscribe(background.onScreen(this::changed));
    root.ask();
  }

  /// The top organization; empty before the first sign-in.
  ObjectProperty<Optional<OrganizationNode>> topProperty() {
    return top;
  }

  /// Why a part of the tree could not be read; blank when it could.
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  Optional<OrganizationNode> find(OrganizationId id) {
    return Optional.ofNullable(nodes.get(id));
  }

  void open(OrganizationNode node) {
    node.openProperty().set(true);
    if (open.add(node.id())) {
      remember();
    }
    read(node);
  }

  void shut(OrganizationNode node) {
    node.openProperty().set(false);
    if (open.remove(node.id())) {
      remember();
    }
  }

  /// Opens what lies above an organization, so that it can be seen.
  void reveal(List<Organization> path) {
    askedFor = path.stream().limit(Math.max(0, path.size() - 1)).map(Organization::id).toList();
    revealNow();
  }

  private void revealNow() {
    for (OrganizationId id : askedFor) {
      OrganizationNode node = nodes.get(id);
      if (node != null && !node.openProperty().get()) {
        open(node);
      }
    }
  }

  private void changed(Change change) {
    switch (change) {
      case Change.OrganizationsChanged ignored -> {
        root.ask();
        opened.ask();
      }
      case Change.SessionChanged ignored -> {
        if (session.ready()) {
          problem.set("");
        }
      }
      case Change.InvitationsChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  private void takeRoot(Optional<Organization> newRoot) {
    if (newRoot.isEmpty()) {
      return;
    }
    Optional<OrganizationNode> before = top.get();
    if (before.isPresent() && before.get().id().equals(newRoot.get().id())) {
      before.get().update(newRoot.get());
      return;
    }
    OrganizationNode node = new OrganizationNode(newRoot.get());
    nodes.put(node.id(), node);
    top.set(Optional.of(node));
    open(node);
  }

  private void read(OrganizationNode node) {
    OrganizationId id = node.id();
    node.readingProperty().set(true);
    background.run(
        () -> children(id),
        known -> {
          take(node, known);
          background.run(
              () -> readFromServer(id),
              failure -> {
                node.readingProperty().set(false);
                failure.ifPresent(this::tell);
              });
        });
  }

  private Optional<Problem> readFromServer(OrganizationId id) {
    boolean fresh =
        organizations
            .childrenReadAt(id)
            .filter(at -> at.isAfter(context.clock().instant().minus(FRESH)))
            .isPresent();
    return fresh || !session.ready()
        ? Optional.empty()
        : organizations.readChildren(Optional.of(id));
  }

  private Children children(OrganizationId id) {
    return new Children(organizations.children(id), organizations.childrenReadAt(id).isPresent());
  }

  private Map<OrganizationId, Children> readOpened() {
    Map<OrganizationId, Children> all = new HashMap<>();
    for (OrganizationId id : List.copyOf(open)) {
      all.put(id, children(id));
    }
    return all;
  }

  private void takeOpened(Map<OrganizationId, Children> all) {
    all.forEach((id, children) -> {
      OrganizationNode node = nodes.get(id);
      if (node != null) {
        take(node, children);
      }
    });
  }

  private void take(OrganizationNode node, Children children) {
    node.takeChildren(children.now(), children.complete());
    List<OrganizationNode> toOpen = new ArrayList<>();
    for (OrganizationNode child : node.children()) {
      nodes.put(child.id(), child);
      if (open.contains(child.id()) && !child.openProperty().get()) {
        toOpen.add(child);
      }
    }
    toOpen.forEach(this::open);
    revealNow();
  }

  private void tell(Problem failure) {
    problem.set(ProblemText.of(failure, Optional.empty(), context.texts()).sentence());
  }

  private void remember() {
    context
        .remembered()
        .put(
            key(),
            open.stream()
                .limit(MOST_REMEMBERED)
                .map(OrganizationId::value)
                .collect(Collectors.joining(",")));
  }

  private String key() {
    return "rail.open/" + session.connection().id().value();
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
  }
}

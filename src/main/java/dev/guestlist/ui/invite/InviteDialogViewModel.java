package dev.guestlist.ui.invite;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Group;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.PastedPeople;
import dev.guestlist.model.PastedPeople.Found;
import dev.guestlist.model.Problem;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.Run;
import dev.guestlist.model.Target;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.Change;
import dev.guestlist.service.Changes;
import dev.guestlist.service.Session;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Ages;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ProblemText;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Inviting into the current organization: who, what they get, how they learn of it, and what will
/// happen in one sentence; then what became of each.
public final class InviteDialogViewModel implements AutoCloseable {
  private static final int GUARDED_ABOVE = 20;

  private final ScreenContext context;
  private final Texts texts;
  private final Workplace workplace;
  private final Background background;
  private final Ages ages;
  private final OrganizationId organization;
  private final Changes.Subscription subscription;
  private final ObservableList<PersonChip> chips = FXCollections.observableArrayList();
  private final PickList groups = new PickList();
  private final PickList roles = new PickList();
  private final StringProperty typed = new SimpleStringProperty("");
  private final StringProperty note = new SimpleStringProperty("");
  private final StringProperty guard = new SimpleStringProperty("");
  private final BooleanProperty serverMails = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper way = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper people = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper offer = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper mailReason = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper future = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper sendText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper guardText = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper draftText = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Optional<InviteResult>> result =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  private final Map<String, Role> rolesById = new LinkedHashMap<>();
  private final Map<String, Group> groupsById = new LinkedHashMap<>();
  private Known known = Known.NOTHING;
  private String name = "";
  private String parent = "";
  private int merged;
  private boolean sending;
  private boolean keepsCodes = true;
  private boolean needsPassphrase;
  private Optional<Instant> assignmentsReadAt = Optional.empty();
  private @Nullable Draft draft;

  private record Facts(
      String name,
      String parent,
      Known known,
      Assignments.Choice choice,
      boolean keepsCodes,
      boolean needsPassphrase,
      Optional<Problem> problem) {}

  public InviteDialogViewModel(ScreenContext context) {
    this.context = context;
    this.texts = context.texts();
    this.workplace = context.workplace();
    this.background = context.background().scope();
    this.ages = new Ages(texts, ZoneId.systemDefault());
    this.organization = workplace.session().current().orElseThrow();
    this.subscription = workplace.changes().subscribe(background.onScreen(this::heard));
    typed.addListener((property, was, is) -> update());
    guard.addListener((property, was, is) -> update());
    serverMails.addListener((property, was, is) -> update());
    chips.addListener((ListChangeListener<PersonChip>) change -> update());
    groups.chosen().addListener((ListChangeListener<PickList.Item>) change -> update());
    roles.chosen().addListener((ListChangeListener<PickList.Item>) change -> update());
    offerDraft();
    update();
    background.run(() -> facts(Optional.empty()), this::take);
    if (workplace.session().ready()) {
      background.run(() -> facts(workplace.assignments().refresh(organization)), this::take);
    }
  }

  ObservableList<PersonChip> chips() {
    return chips;
  }

  PickList groups() {
    return groups;
  }

  PickList roles() {
    return roles;
  }

  StringProperty typedProperty() {
    return typed;
  }

  StringProperty noteProperty() {
    return note;
  }

  /// The organization's name, typed by hand, where many people are invited in production.
  StringProperty guardProperty() {
    return guard;
  }

  BooleanProperty serverMailsProperty() {
    return serverMails;
  }

  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /// From which organization into which, and on which connection.
  ReadOnlyStringProperty wayProperty() {
    return way.getReadOnlyProperty();
  }

  /// How many are ready and how many are not, and why.
  ReadOnlyStringProperty peopleProperty() {
    return people.getReadOnlyProperty();
  }

  /// How old the groups and roles are, or why they could not be read.
  ReadOnlyStringProperty offerProperty() {
    return offer.getReadOnlyProperty();
  }

  /// What to know about a chosen Console role; blank when none is chosen.
  ReadOnlyStringProperty warningProperty() {
    return warning.getReadOnlyProperty();
  }

  /// Where codes are kept, or why they cannot be.
  ReadOnlyStringProperty mailReasonProperty() {
    return mailReason.getReadOnlyProperty();
  }

  boolean keepsCodes() {
    return keepsCodes;
  }

  /// What will happen, completely.
  ReadOnlyStringProperty futureProperty() {
    return future.getReadOnlyProperty();
  }

  ReadOnlyStringProperty sendTextProperty() {
    return sendText.getReadOnlyProperty();
  }

  /// Why nothing can be sent; blank when it can.
  ReadOnlyStringProperty reasonProperty() {
    return reason.getReadOnlyProperty();
  }

  /// What to type to go on; blank when nothing has to be.
  ReadOnlyStringProperty guardTextProperty() {
    return guardText.getReadOnlyProperty();
  }

  /// The offer of what was typed last time; blank when there is none.
  ReadOnlyStringProperty draftTextProperty() {
    return draftText.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<InviteResult>> resultProperty() {
    return result.getReadOnlyProperty();
  }

  /// Makes chips of what was typed.
  void takeTyped() {
    String text = typed.get();
    typed.set("");
    take(text);
  }

  /// Makes chips of pasted text.
  void take(String text) {
    PastedPeople pasted = PastedPeople.find(text);
    merged += pasted.merged();
    List<PersonChip> more = new ArrayList<>();
    for (Found found : pasted.people()) {
      if (isThere(found)) {
        merged++;
      } else {
        more.add(judge(found));
      }
    }
    chips.addAll(more);
    update();
  }

  void remove(PersonChip chip) {
    chips.remove(chip);
  }

  void putBack(PersonChip chip, int place) {
    if (!isThere(chip.found())) {
      chips.add(Math.min(place, chips.size()), chip);
    }
  }

  /// A chip was edited in place.
  void correct(PersonChip chip, String text) {
    int place = chips.indexOf(chip);
    chips.remove(chip);
    List<Found> found = PastedPeople.find(text).people();
    for (int i = 0; i < found.size() && place >= 0; i++) {
      putBack(judge(found.get(i)), place + i);
    }
  }

  /// Takes up what was typed last time.
  void takeUpDraft() {
    Draft kept = draft;
    if (kept == null) {
      return;
    }
    kept.people().forEach(this::take);
    groups.choose(kept.groups());
    roles.choose(kept.roles());
    note.set(kept.note());
    serverMails.set(kept.serverMails());
    discardDraft();
  }

  void discardDraft() {
    draft = null;
    draftText.set("");
    context.remembered().put(draftKey(), "");
  }

  /// Sends, or keeps it to be sent later. What counts is read again now: the organization that is
  /// open, and who is ready.
  void send() {
    takeTyped();
    update();
    if (sending || !reason.get().isBlank()) {
      return;
    }
    if (!workplace.session().current().equals(Optional.of(organization))) {
      reason.set(texts.get("invite.reason.moved", name));
      return;
    }
    List<Role> givenRoles = roles.chosen().stream().map(item -> rolesById.get(item.id())).toList();
    List<Group> givenGroups =
        groups.chosen().stream().map(item -> groupsById.get(item.id())).toList();
    List<Target.Person> wanted =
        chips.stream()
            .filter(PersonChip::goes)
            .map(chip -> new Target.Person(chip.found().username(), givenRoles, givenGroups))
            .toList();
    sending = true;
    boolean mails = serverMails.get();
    String ticket = note.get().strip();
    background.run(
        () -> workplace.runs().invite(organization, wanted, mails, ticket), this::posted);
  }

  /// Back to inviting, with those who were refused.
  void again() {
    List<Found> refused = result.get().map(InviteResult::refused).orElse(List.of());
    inviteMore();
    refused.forEach(found -> take(found.text()));
  }

  /// Back to inviting, with an empty list of people and everything else as it was.
  void inviteMore() {
    result.get().ifPresent(InviteResult::close);
    result.set(Optional.empty());
    chips.clear();
    merged = 0;
    sending = false;
    background.run(() -> facts(Optional.empty()), this::take);
    update();
  }

  void closePanel() {
    context.navigator().closePanel();
  }

  private void posted(Run run) {
    chips.clear();
    note.set("");
    discardDraft();
    result.set(Optional.of(new InviteResult(context, run, name, parent)));
  }

  private Facts facts(Optional<Problem> problem) {
    List<Organization> path = workplace.organizations().path(organization);
    return new Facts(
        workplace.organizations().name(organization),
        path.size() > 1 ? path.get(path.size() - 2).name() : texts.get("invite.parent"),
        Known.of(
            workplace.invitations().list(organization).entries(),
            workplace.members().list(organization).members()),
        workplace.assignments().of(organization),
        workplace.runs().canKeepCodes(),
        workplace.runs().codesNeedPassphrase(),
        problem);
  }

  private void take(Facts facts) {
    name = facts.name();
    parent = facts.parent();
    known = facts.known();
    keepsCodes = facts.keepsCodes();
    needsPassphrase = facts.needsPassphrase();
    assignmentsReadAt = facts.choice().readAt();
    title.set(texts.get("invite.title", name));
    way.set(texts.get("invite.way", parent, name, workplace.session().connection().name()));
    groupsById.clear();
    facts.choice().groups().forEach(group -> groupsById.put(group.id(), group));
    rolesById.clear();
    facts.choice().roles().forEach(role -> rolesById.put(role.id(), role));
    groups.offer(
        facts.choice().groups().stream()
            .map(group ->
                new PickList.Item(
                    group.id(),
                    group.name(),
                    group.userStore().filter(store -> !store.equals("PRIMARY")).orElse(""),
                    false))
            .toList());
    roles.offer(
        facts.choice().roles().stream()
            .map(role -> new PickList.Item(role.id(), role.displayName(), section(role), false))
            .toList());
    offer.set(
        facts
            .problem()
            .map(problem -> ProblemText.of(problem, Optional.of(name), texts).sentence())
            .or(() ->
                assignmentsReadAt
                    .filter(read -> !workplace.session().ready())
                    .map(read ->
                        texts.get("invite.as-of", ages.moment(read, context.clock().instant()))))
            .orElse(""));
    mailReason.set(
        keepsCodes
            ? texts.get("invite.codes.kept", workplace.runs().keyPlace())
            : texts.get(needsPassphrase ? "invite.codes.locked" : "invite.codes.not-kept"));
    if (!keepsCodes) {
      serverMails.set(true);
    }
    chips.setAll(chips.stream().map(chip -> judge(chip.found())).toList());
    update();
  }

  private String section(Role role) {
    return role.audience()
        .map(audience ->
            audience.kind() == Role.Audience.Kind.ORGANIZATION
                ? texts.get("invite.role.organization")
                : texts.get("invite.role.application", audience.name()))
        .orElse("");
  }

  private void heard(Change change) {
    switch (change) {
      case Change.SessionChanged ignored -> update();
      case Change.InvitationsChanged ignored -> {}
      case Change.OrganizationsChanged ignored -> {}
      case Change.RunsChanged ignored -> {}
    }
  }

  /// Works out everything that is said, from what is typed and chosen now.
  private void update() {
    List<PersonChip> all = new ArrayList<>(chips);
    for (Found found : PastedPeople.find(typed.get()).people()) {
      if (!isThere(found)) {
        all.add(judge(found));
      }
    }
    int ready = (int) all.stream().filter(PersonChip::goes).count();
    Session session = workplace.session();
    boolean now = session.ready();
    people.set(InviteSentences.people(all, merged, parent, texts));
    warning.set(consoleChosen() ? texts.get("invite.console", parent) : "");
    future.set(
        InviteSentences.future(
            all,
            names(groups.chosen()),
            names(roles.chosen()),
            serverMails.get(),
            name,
            parent,
            session.connection(),
            now,
            texts));
    sendText.set(texts.get(now ? "invite.send" : "invite.keep", ready));
    boolean guarded =
        session.connection().kind() == Connection.Kind.PRODUCTION && ready > GUARDED_ABOVE;
    guardText.set(guarded ? texts.get("invite.guard", ready, name) : "");
    reason.set(reason(ready, guarded));
  }

  private String reason(int ready, boolean guarded) {
    Session session = workplace.session();
    boolean mayNot =
        session.rights(organization).filter(rights -> !rights.contains(Right.INVITE)).isPresent();
    if (session.connection().settings().readOnly()) {
      return texts.get("read-only.reason");
    }
    if (mayNot) {
      return texts.get("invite.reason.right", name);
    }
    if (groups.somethingIsGone() || roles.somethingIsGone()) {
      return texts.get("invite.reason.gone", name);
    }
    if (ready == 0) {
      return texts.get("invite.reason.nobody");
    }
    if (guarded && !guard.get().strip().equalsIgnoreCase(name)) {
      return texts.get("invite.reason.guard", name);
    }
    return "";
  }

  private boolean consoleChosen() {
    return roles.chosen().stream()
        .map(item -> Optional.ofNullable(rolesById.get(item.id())))
        .flatMap(Optional::stream)
        .anyMatch(Role::needsConsoleAccess);
  }

  private static List<String> names(List<PickList.Item> items) {
    return items.stream().map(PickList.Item::name).toList();
  }

  private PersonChip judge(Found found) {
    return known.judge(found, texts, ages, context.clock().instant());
  }

  private boolean isThere(Found found) {
    return chips.stream().anyMatch(chip -> chip.found().username().sameAs(found.username()));
  }

  private void offerDraft() {
    Optional<Draft> kept = context.remembered().get(draftKey()).flatMap(Draft::read);
    kept.ifPresent(last -> {
      draft = last;
      draftText.set(
          texts.get(
              "invite.draft",
              ages.moment(last.at(), context.clock().instant()),
              last.people().size()));
    });
  }

  private String draftKey() {
    return "invite.draft." + workplace.session().connection().id().value() + "." + organization;
  }

  @Override
  public void close() {
    subscription.close();
    background.close();
    result.get().ifPresent(InviteResult::close);
    List<String> names = new ArrayList<>(chips.stream().map(chip -> chip.found().text()).toList());
    if (!typed.get().isBlank()) {
      names.add(typed.get().strip());
    }
    if (result.get().isEmpty() && !names.isEmpty()) {
      Draft last =
          new Draft(
              context.clock().instant(),
              serverMails.get(),
              note.get(),
              groups.chosen().stream().map(PickList.Item::id).toList(),
              roles.chosen().stream().map(PickList.Item::id).toList(),
              names);
      context.remembered().put(draftKey(), last.written());
    }
  }
}

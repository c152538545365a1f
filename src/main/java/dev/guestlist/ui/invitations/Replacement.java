package dev.guestlist.ui.invitations;

import dev.guestlist.model.Group;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Role;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.service.Assignments;
import dev.guestlist.service.InvitationStatus;
import dev.guestlist.service.Runs;
import dev.guestlist.service.Workplace;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.Dialogs;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Inviting people again: their old invitations are deleted, and new ones are made that give the
/// same. Asks first, always: the question names whose codes stop working and what is left out.
final class Replacement {
  private static final int NAMED = 3;

  private final ScreenContext context;
  private final Background background;
  private final OrganizationId organization;
  private final Supplier<List<InvitationRow>> current;

  Replacement(
      ScreenContext context,
      Background background,
      OrganizationId organization,
      Supplier<List<InvitationRow>> current) {
    this.context = context;
    this.background = background;
    this.organization = organization;
    this.current = current;
  }

  /// What would be done, worked out before anybody is asked.
  ///
  /// @param withCodes those whose codes come back to this computer
  /// @param byMail those whom the server writes to
  /// @param gone names of groups and roles that do not exist any more
  /// @param checked whether it is known which ones exist
  /// @param withoutStore how many have a user store that is not known here
  private record Plan(
      List<Runs.ToReplace> withCodes,
      List<Runs.ToReplace> byMail,
      Set<String> gone,
      boolean checked,
      int withoutStore) {
    int size() {
      return withCodes.size() + byMail.size();
    }
  }

  /// Invites those of the rows again whose invitations can be replaced.
  ///
  /// @param name the organization's, for the question
  void inviteAgain(List<InvitationRow> rows, String name) {
    List<InvitationRow> going = rows.stream().filter(InvitationRow::replaceable).toList();
    if (going.isEmpty()) {
      return;
    }
    background.run(
        () -> plan(going),
        plan ->
            context.dialogs().confirm(question(going, plan, name), () -> confirmed(going, plan)));
  }

  /// Makes the new invitations of those whose old ones are deleted already.
  void finish(List<InvitationRow> rows) {
    List<RunRow> half =
        rows.stream()
            .filter(InvitationRow::half)
            .flatMap(row -> row.entry().row().stream())
            .toList();
    background.run(
        () ->
            half.stream().filter(row -> context.workplace().runs().finish(row).isPresent()).count(),
        done -> {});
  }

  private Plan plan(List<InvitationRow> rows) {
    Workplace workplace = context.workplace();
    if (workplace.session().ready()) {
      workplace.assignments().refresh(organization);
    }
    Assignments.Choice choice = workplace.assignments().of(organization);
    boolean checked = choice.readAt().isPresent();
    Set<String> groups = choice.groups().stream().map(Group::id).collect(Collectors.toSet());
    Set<String> roles = choice.roles().stream().map(Role::id).collect(Collectors.toSet());
    Plan plan =
        new Plan(
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeSet<>(),
            checked,
            (int) rows.stream().filter(row -> row.entry().userStore().isEmpty()).count());
    for (InvitationRow row : rows) {
      List<Group> keptGroups = new ArrayList<>();
      for (Group group : row.entry().groups()) {
        if (!checked || groups.contains(group.id())) {
          keptGroups.add(group);
        } else {
          plan.gone().add(group.displayName());
        }
      }
      List<Role> keptRoles = new ArrayList<>();
      for (Role role : row.entry().roles()) {
        if (!checked || roles.contains(role.id())) {
          keptRoles.add(role);
        } else {
          plan.gone().add(role.displayName());
        }
      }
      Username username = new Username(row.entry().username(), row.entry().userStore());
      InvitationId old = row.entry().invitation().orElseThrow();
      Runs.ToReplace one =
          new Runs.ToReplace(old, new Target.Person(username, keptRoles, keptGroups));
      (withCode(row) ? plan.withCodes() : plan.byMail()).add(one);
    }
    return plan;
  }

  /// A code that came to this computer comes here again, if it can be kept; all others are mailed.
  private boolean withCode(InvitationRow row) {
    boolean before =
        row.entry().codeRow().isPresent() || row.status() == InvitationStatus.CODE_LOST;
    return before && context.workplace().runs().canKeepCodes();
  }

  /// The list may have been read again while the question stood: only what was named is replaced.
  private void confirmed(List<InvitationRow> named, Plan plan) {
    Set<String> still =
        current.get().stream()
            .filter(InvitationRow::replaceable)
            .map(InvitationRow::key)
            .collect(Collectors.toSet());
    if (!named.stream().allMatch(row -> still.contains(row.key()))) {
      context.dialogs().tell(context.texts().get("invitations.again.changed"));
      return;
    }
    background.run(
        () -> {
          post(plan.withCodes(), false);
          post(plan.byMail(), true);
          return plan.size();
        },
        done -> {});
  }

  private void post(List<Runs.ToReplace> people, boolean serverMails) {
    if (!people.isEmpty()) {
      context.workplace().runs().inviteAgain(organization, people, serverMails, Duration.ZERO);
    }
  }

  private Dialogs.Question question(List<InvitationRow> rows, Plan plan, String name) {
    Texts texts = context.texts();
    String people =
        rows.stream().limit(NAMED).map(InvitationRow::person).collect(Collectors.joining(", "));
    List<String> sentences = new ArrayList<>();
    sentences.add(
        texts.get("invitations.again.text", rows.size(), people, Math.max(0, rows.size() - NAMED)));
    sentences.add(
        texts.get("invitations.again.way", plan.byMail().size(), plan.withCodes().size()).strip());
    sentences.add(gifts(plan));
    if (plan.withoutStore() > 0) {
      sentences.add(texts.get("invitations.again.store", plan.withoutStore(), rows.size()));
    }
    return new Dialogs.Question(
        texts.get("invitations.again.question", rows.size(), name),
        String.join(" ", sentences),
        texts.get("invitations.again.action", rows.size()),
        texts.get("invitations.again.keep", rows.size()));
  }

  private String gifts(Plan plan) {
    if (!plan.checked()) {
      return context.texts().get("invitations.again.unchecked");
    }
    return plan.gone().isEmpty()
        ? context.texts().get("invitations.again.same")
        : context.texts().get("invitations.again.gone", String.join(", ", plan.gone()));
  }
}

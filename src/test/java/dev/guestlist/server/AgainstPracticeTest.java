package dev.guestlist.server;

import static dev.guestlist.server.ServerFixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.Connection;
import dev.guestlist.model.Group;
import dev.guestlist.model.Invitation;
import dev.guestlist.model.InvitationId;
import dev.guestlist.model.Member;
import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import dev.guestlist.model.Right;
import dev.guestlist.model.Role;
import dev.guestlist.model.Username;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real client against the practice server, which was written from the same contract by other
/// hands: a misread line shows here.
class AgainstPracticeTest {
  private final ServerFixture.Memory store = new ServerFixture.Memory();
  private static PracticeServer practice;
  private static StartLine line;
  private IdentityServer server;
  private SignIn signIn;

  @BeforeAll
  static void startPractice(@TempDir Path folder) throws Exception {
    practice = PracticeServer.start(new PracticeServer.Options(folder, 0, ZoneOffset.UTC, 20, 130));
    line = practice.startLine();
  }

  @AfterAll
  static void stopPractice() {
    practice.close();
  }

  @BeforeEach
  void start() {
    Connection connection = connection(line.publicClientId(), Connection.SignInWay.BROWSER);
    server = new IdentityServer(connection, Secrets.NONE, store, InstantSource.system());
    signIn = new SignIn(connection, Secrets.NONE, InstantSource.system());
  }

  @AfterEach
  void stop() {
    signIn.close();
    server.close();
  }

  @Test
  void thePersonOfTheFirstAccountDoesTheWholeJob() throws Exception {
    signInAs(line.accounts().getFirst());
    StartLine.Place place = placeWithPeople(2);
    OrganizationAccess access = server.enter(new OrganizationId(place.id()));
    assertThat(access.rights()).contains(Right.values());

    Group group = access.groups().getFirst();
    Role role =
        access.roles().stream().filter(it -> !it.needsConsoleAccess()).findFirst().orElseThrow();
    InviteAnswer answer =
        access.invite(
            List.of(
                Username.parse(place.people().get(0)),
                Username.parse(place.people().get(1)),
                Username.parse("nobody-of-this-name")),
            Optional.empty(),
            List.of(role.id()),
            List.of(group.id()),
            false);
    List<InviteAnswer.Result> results = answer.results();
    assertThat(results)
        .extracting(InviteAnswer.Result::refused)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(Reason.UNKNOWN_USER));
    var code = results.getFirst().code().orElseThrow();

    assertThat(access.check(code).username()).isEqualTo(place.people().getFirst());
    assertThat(access.check(code).organization()).isEqualTo(access.organization());
    Invitation other = invitationOf(access, place.people().get(1));
    assertThat(other.groups()).extracting(Group::id).containsExactly(group.id());
    assertThat(other.roles()).containsExactly(role);
    assertThat(other.ends()).isPresent();

    server.accept(code);
    Member member = access.member(place.people().getFirst()).orElseThrow();
    assertThat(member.managedBy()).isPresent();
    assertThat(member.groups()).contains(group.name());
    assertThat(problemOf(() -> server.accept(code)))
        .isInstanceOfSatisfying(
            Problem.Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.UNKNOWN_CODE));

    access.delete(other.id());
    assertThat(problemOf(() -> access.delete(other.id())))
        .isInstanceOfSatisfying(
            Problem.Rejected.class,
            it -> assertThat(it.reason()).isEqualTo(Reason.INVITATION_GONE));
    assertThat(problemOf(() -> access.delete(new InvitationId("not-an-id"))))
        .isInstanceOf(Problem.Rejected.class);
  }

  @Test
  void organizationsAreReadFromTheTopDown() throws Exception {
    signInAs(line.accounts().getFirst());
    Organization root = server.root();
    List<Organization> children = server.children(Optional.empty());
    assertThat(children)
        .isNotEmpty()
        .allMatch(child -> child.parent().equals(Optional.of(root.id())));
    assertThat(server.children(Optional.of(root.id()))).isEqualTo(children);

    List<Organization> every = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    server.everyOrganization(page -> {
      pages.add(page.size());
      every.addAll(page);
    });
    assertThat(every).extracting(Organization::id).doesNotHaveDuplicates();
    assertThat(every).hasSize(line.organizations().size());
    assertThat(pages).hasSizeGreaterThan(1);

    List<Organization> enterable = new ArrayList<>();
    server.enterable(enterable::addAll);
    assertThat(enterable).isNotEmpty();

    StartLine.Place place = placeWithPeople(1);
    Organization one = server.organization(new OrganizationId(place.id()));
    assertThat(one.name()).isEqualTo(place.name());
    assertThat(one.parent()).contains(new OrganizationId(place.parentId()));
    List<Organization> path = server.enter(one.id()).breadcrumb();
    assertThat(path.getFirst().id()).isEqualTo(root.id());
    assertThat(path.getLast().id()).isEqualTo(one.id());
    assertThat(problemOf(() -> server.organization(new OrganizationId("no-such-id"))))
        .isInstanceOfSatisfying(
            Problem.Rejected.class, it -> assertThat(it.serverCode()).isEqualTo("ORG-60064"));
  }

  @Test
  void membersAndInvitationsAreReadWhole() throws Exception {
    signInAs(line.accounts().getFirst());
    OrganizationAccess access = server.enter(new OrganizationId(place("Contoso").id()));
    List<Invitation> invitations = new ArrayList<>();
    access.invitations(invitations::add);
    assertThat(invitations).isNotEmpty().allMatch(it -> it.ends().isPresent());
    List<Member> members = new ArrayList<>();
    access.members(members::addAll);
    assertThat(members).isNotEmpty();
    assertThat(members).extracting(Member::id).doesNotHaveDuplicates();
    assertThat(access.member("nobody-of-this-name")).isEmpty();
  }

  @Test
  void refusalsToEnterAreToldApart() throws Exception {
    signInAs(line.accounts().getFirst());
    assertThat(reasonAgainst("Northgate")).isEqualTo(Reason.NOT_SHARED);
    assertThat(reasonAgainst("Old Harbour")).isEqualTo(Reason.ORGANIZATION_DISABLED);
  }

  private Reason reasonAgainst(String organization) {
    OrganizationId id = new OrganizationId(place(organization).id());
    Problem problem = problemOf(() -> server.enter(id));
    assertThat(problem).isInstanceOf(Problem.Rejected.class);
    return ((Problem.Rejected) problem).reason();
  }

  @Test
  void aSessionThatEndedIsSaidSo() throws Exception {
    signInAs(line.accounts().getFirst());
    practice.control().endSessions(line.accounts().getFirst().username());
    assertThat(problemOf(() -> server.root())).isEqualTo(new Problem.SignedOut());
  }

  @Test
  void aTechnicalAccountEntersWithItsSecret() throws Exception {
    Connection connection =
        connection(line.technicalClientId(), Connection.SignInWay.TECHNICAL_ACCOUNT);
    Secrets secrets = ServerFixture.secret(line::technicalClientSecret);
    try (SignIn itself = new SignIn(connection, secrets, InstantSource.system())) {
      store.keep(Optional.empty(), itself.asTechnicalAccount());
    }
    try (IdentityServer technical =
        new IdentityServer(connection, secrets, store, InstantSource.system())) {
      OrganizationAccess access = technical.enter(new OrganizationId(placeWithPeople(1).id()));
      assertThat(access.rights()).contains(Right.INVITE, Right.LIST_INVITATIONS);
      assertThat(access.groups()).isNotEmpty();
      assertThat(technical.root().id().value()).isNotBlank();
    }
    Secrets wrong = ServerFixture.secret(() -> "wrong-secret");
    try (SignIn itself = new SignIn(connection, wrong, InstantSource.system())) {
      assertThat(problemOf(itself::asTechnicalAccount))
          .isInstanceOfSatisfying(
              Problem.Rejected.class,
              it -> assertThat(it.reason()).isEqualTo(Reason.SIGN_IN_REFUSED));
    }
  }

  private Invitation invitationOf(OrganizationAccess access, String username)
      throws ProblemException {
    List<Invitation> found = new ArrayList<>();
    access.invitations(invitation -> {
      if (invitation.username().equals(username)) {
        found.add(invitation);
      }
    });
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private StartLine.Place place(String name) {
    return line.organizations().stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private StartLine.Place placeWithPeople(int people) {
    return line.organizations().stream()
        .filter(place -> place.people().size() >= people)
        .findFirst()
        .orElseThrow();
  }

  private void signInAs(StartLine.Account account) throws ProblemException {
    Tokens tokens =
        signIn.withBrowser(address -> goThrough(address, account), Duration.ofSeconds(20));
    assertThat(tokens.account()).isNotBlank();
    store.keep(Optional.empty(), tokens);
  }

  /// What a person does in the browser: fills the page in and is sent back.
  private static void goThrough(URI address, StartLine.Account account) throws IOException {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      String form = "username=" + account.username() + "&password=" + account.password();
      HttpRequest post =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build();
      String back =
          browser
              .send(post, BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      browser.send(HttpRequest.newBuilder(URI.create(back)).build(), BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Connection connection(String clientId, Connection.SignInWay way) {
    Connection any = ServerFixture.connection(URI.create(line.baseUrl()), way);
    return new Connection(
        any.id(),
        any.name(),
        Connection.Kind.PRACTICE,
        any.server(),
        line.rootOrganization(),
        clientId,
        way,
        2,
        any.lifetime());
  }
}

package dev.guestlist.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The switches of the practice server: what shall go wrong, what somebody else does meanwhile,
/// what time it is, and what really happened. The same switches are at `/practice/...` as JSON.
///
/// A path part is any piece of a request's path, such as `guests/invite`; an empty one fits all. An
/// organization is given by id, handle or name.
public final class PracticeControl {
  /// One request: number, practice time, method, path, and the status it was answered with. Status
  /// 0 means that it never got so far; the note tells of a dropped connection.
  public record Request(
      long number, Instant at, String method, String path, int status, String note) {}

  /// One change that really took place: by which request (0: by somebody else), in which
  /// organization (id), for whom, and the id of the invitation.
  public record Effect(
      Instant at, long request, Kind kind, String organization, String person, String invitation) {
    /// What was changed. `CLEARED` is an invitation that an accept destroyed without a new member,
    /// `HALF_ACCEPTED` a new member whose invitation stayed, because the accept failed in the
    /// middle.
    public enum Kind {
      INVITED,
      DELETED,
      ACCEPTED,
      HALF_ACCEPTED,
      CLEARED
    }
  }

  /// Everything that was asked and everything that changed, oldest first.
  public record Log(List<Request> requests, List<Effect> effects) {}

  /// A mail that was never sent: to whom, about which organization (name), with the link that
  /// accepts when it is opened.
  public record Mail(
      String to,
      String person,
      String organization,
      String subject,
      String text,
      String link,
      Instant sent) {}

  private final Database database;
  private final Directory directory;
  private final Invitations invitations;
  private final Tokens tokens;
  private final Scenarios scenarios;
  private final PracticeTraits traits;
  private final Journal journal;
  private final PracticeClock clock;
  private final Inbox inbox;
  private final StartLines startLines;
  private final Runnable replant;
  private final Listener listener;

  PracticeControl(
      Database database,
      Directory directory,
      Invitations invitations,
      Tokens tokens,
      Scenarios scenarios,
      PracticeTraits traits,
      Journal journal,
      PracticeClock clock,
      Inbox inbox,
      StartLines startLines,
      Runnable replant,
      Listener listener) {
    this.database = database;
    this.directory = directory;
    this.invitations = invitations;
    this.tokens = tokens;
    this.scenarios = scenarios;
    this.traits = traits;
    this.journal = journal;
    this.clock = clock;
    this.inbox = inbox;
    this.startLines = startLines;
    this.replant = replant;
    this.listener = listener;
  }

  /// Every answer takes this much longer; zero turns it off.
  public void answerSlowly(Duration delay) {
    scenarios.delay(delay);
  }

  /// The next requests that fit lose their connection before anything is done.
  public void dropBeforeWork(String pathPart, int times) {
    scenarios.plan("", pathPart, new Scenarios.Fault.DropBefore(), times);
  }

  /// The next requests that fit are done in full, then the connection ends without an answer.
  public void dropAfterWork(String pathPart, int times) {
    scenarios.plan("", pathPart, new Scenarios.Fault.DropAfter(), times);
  }

  /// The next requests that fit are answered with 429 or 503 and nothing is done.
  public void beBusy(String pathPart, int status, int times, OptionalInt retryAfterSeconds) {
    if (status != 429 && status != 503) {
      throw new IllegalArgumentException("Busy is 429 or 503, not " + status + ".");
    }
    scenarios.plan("", pathPart, new Scenarios.Fault.Busy(status, retryAfterSeconds), times);
  }

  /// The next requests that fit are answered with a proxy's HTML page of this status, such as 200,
  /// 403 or 502, and nothing is done.
  public void answerHtml(String pathPart, int status, int times) {
    if (status < 200 || status > 599 || status == 204 || status == 304) {
      throw new IllegalArgumentException("There is no page with status " + status + ".");
    }
    scenarios.plan("", pathPart, new Scenarios.Fault.Html(status), times);
  }

  /// The next requests that fit are answered with the endpoint's own 500, as for a database that is
  /// away, and nothing is done.
  public void beInTrouble(String pathPart, int times) {
    scenarios.plan("", pathPart, new Scenarios.Fault.Trouble(), times);
  }

  /// Version, published address, lifetimes, grants and limits.
  public PracticeTraits traits() {
    return traits;
  }

  /// The applications belong to this organization now; whoever wants to enter one that is not below
  /// it reads that the two are not in the same branch.
  public void applicationOf(String organization) {
    traits.applicationOf(directory.organizationCalled(organization).id());
  }

  /// The next invite call ends with 500 after so many people, whose invitations stay; with as many
  /// people as the call names, it ends after the last one.
  public void crashInviteAfter(int people) {
    scenarios.crashInviteAfter(people);
  }

  /// The next accepts end with 500 after the person has joined: roles and groups are not given, and
  /// the invitation stays.
  public void crashAccepts(int times) {
    scenarios.crashAccepts(times);
  }

  /// Every so manyth person of an invite call is "not found"; 0 turns it off.
  public void refuseEvery(int people) {
    scenarios.refuseEvery(people);
  }

  /// The next readings of an invitation list end with 500.
  public void refuseLists(int times) {
    scenarios.refuseLists(times);
  }

  /// Turns everything off that was to go wrong. What others did and the clock stay.
  public void allWell() {
    scenarios.clear();
    traits.clear();
  }

  /// Ends all sessions of an account: its tokens, in every organization, are worth nothing.
  public void endSessions(String username) {
    tokens.endAll(
        directory
            .person(directory.root().id(), Directory.PRIMARY, username)
            .orElseThrow(() -> new IllegalArgumentException("No account called " + username + "."))
            .id());
  }

  /// Takes a right away, at once and also from running tokens. The scope is the one of a child
  /// organization, such as `internal_org_guest_mgt_invite_delete`.
  public void takeRight(String username, String organization, String scope) {
    Directory.Organization one = directory.organizationCalled(organization);
    database.update(
        "insert or ignore into denied values(?, ?, ?)", username, one.id(), nameIn(one, scope));
  }

  /// Gives a right back that was taken away.
  public void giveRight(String username, String organization, String scope) {
    Directory.Organization one = directory.organizationCalled(organization);
    database.update(
        "delete from denied where username = ? and organization = ? and scope = ?",
        username,
        one.id(),
        nameIn(one, scope));
  }

  private static String nameIn(Directory.Organization one, String scope) {
    return one.parent().isPresent() ? scope : Scopes.atRoot(scope);
  }

  /// Removes a group, by its name without a store, from an organization.
  public void removeGroup(String organization, String name) {
    String id = directory.organizationCalled(organization).id();
    removed(
        database.update("delete from team where organization = ? and name = ?", id, name), name);
  }

  /// Makes a group in an organization; one of a name that was removed before is another group.
  public void addGroup(String organization, String name) {
    String id = directory.organizationCalled(organization).id();
    database.update(
        "insert into team values(?, ?, ?, ?, ?)",
        UUID.randomUUID().toString(),
        id,
        Directory.PRIMARY,
        name,
        clock.millis());
  }

  /// Removes all roles of this name from an organization.
  public void removeRole(String organization, String name) {
    String id = directory.organizationCalled(organization).id();
    removed(
        database.update("delete from role where organization = ? and name = ?", id, name), name);
  }

  /// Ends somebody's membership in an organization where the account does not live. Running tokens
  /// stay, as on the real server.
  public void removeMember(String organization, String username) {
    String id = directory.organizationCalled(organization).id();
    removed(
        database.update(
            "delete from person where organization = ? and username = ? and owner is not null",
            id,
            username),
        username);
  }

  private static void removed(int count, String name) {
    if (count == 0) {
      throw new IllegalArgumentException("Nothing called " + name + " there.");
    }
  }

  /// The practice time.
  public Instant now() {
    return clock.instant();
  }

  /// Lets time pass, or turns it back. Invitations and the `Date` header follow, tokens do not.
  public void moveClock(Duration by) {
    clock.move(by);
  }

  /// Somebody else accepts the invitations of these users, or so many pending ones when no user is
  /// named. Returns the user names.
  public List<String> othersAccept(String organization, int count, List<String> usernames) {
    return act(organization, count, usernames, one -> invitations.accept(0, one.code()));
  }

  /// Somebody else deletes the invitations of these users, or so many pending ones when no user is
  /// named. Returns the user names.
  public List<String> othersDelete(String organization, int count, List<String> usernames) {
    return act(
        organization, count, usernames, one -> invitations.delete(0, one.organization(), one.id()));
  }

  private List<String> act(
      String organization,
      int count,
      List<String> usernames,
      Consumer<Invitations.Invitation> action) {
    List<Invitations.Invitation> chosen =
        invitations.of(directory.organizationCalled(organization).id()).stream()
            .filter(one ->
                usernames.isEmpty()
                    ? !invitations.expired(one.expires())
                    : usernames.contains(one.username()))
            .limit(usernames.isEmpty() ? count : Long.MAX_VALUE)
            .toList();
    chosen.forEach(action);
    return chosen.stream().map(Invitations.Invitation::username).toList();
  }

  /// Somebody else invites so many people who can be invited, eight at most, by mail. Returns the
  /// user names.
  public List<String> othersInvite(String organization, int count) {
    List<String> people = startLines.invitable(directory.organizationCalled(organization));
    return othersInvite(organization, people.stream().limit(count).toList());
  }

  /// Somebody else invites these users of the parent's PRIMARY store by mail. Whoever is unknown
  /// there or has no e-mail address is left out. Returns the user names that were invited.
  public List<String> othersInvite(String organization, List<String> usernames) {
    Directory.Organization child = directory.organizationCalled(organization);
    String parent =
        child
            .parent()
            .orElseThrow(() -> new IllegalArgumentException("Nobody is invited into the root."));
    List<Directory.Person> people =
        usernames.stream()
            .flatMap(name -> directory.person(parent, Directory.PRIMARY, name).stream())
            .filter(person -> person.email().isPresent())
            .toList();
    people.forEach(person -> invitations.add(0, child, person, Set.of(), Set.of(), true));
    return people.stream().map(Directory.Person::username).toList();
  }

  /// Everything that was asked of the server and that changed in it.
  public Log log() {
    return new Log(journal.requests(), journal.effects());
  }

  /// Forgets the log, so that a test can begin to count.
  public void clearLog() {
    journal.clear();
  }

  /// The practice inbox, newest mail first.
  public List<Mail> mails() {
    return inbox.mails();
  }

  /// Puts a new certificate in the place of the old one, for good, as an administrator would: all
  /// connections end, and the next ones see the new one. Not for a request of this very server,
  /// whose own connection it would end. Throws when the server runs without a certificate.
  public void changeCertificate() {
    listener.changeCertificate();
  }

  boolean hasCertificate() {
    return listener.fingerprint().isPresent();
  }

  /// Back to the beginning: the seeded world again, real time, nothing switched on, all sessions
  /// ended. Port, clients and signing key stay.
  public void reset() {
    scenarios.clear();
    traits.clear();
    replant.run();
  }
}

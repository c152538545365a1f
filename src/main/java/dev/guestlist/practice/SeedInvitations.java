package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import dev.guestlist.practice.Directory.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The seeded invitations: pending, nearly over, over, with a group that is gone, and some of
/// people who have joined since.
final class SeedInvitations {
  static final int USUAL = 300;

  private final SeedWorld world;
  private final Instant now;
  private int invited;

  SeedInvitations(SeedWorld world, Instant now) {
    this.world = world;
    this.now = now;
  }

  /// At most the usual number everywhere; what is wanted beyond it goes into Northwind.
  void plant(int wanted) {
    usual(Math.min(wanted, USUAL));
    more(wanted);
  }

  private void usual(int limit) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("Northwind", 144);
    counts.put("Contoso", 39);
    counts.put("Partners", 30);
    counts.put("North Sea Ltd", 20);
    counts.put("Alpine Steel", 12);
    counts.put("Northern Rail", 12);
    counts.put("Adatum", 10);
    counts.put("North Harbour", 10);
    counts.put("Ports", 10);
    counts.put("Payroll", 8);
    for (String name : List.of("ed.m", "gus.t", "hal.o")) {
      special("Northwind", Directory.PRIMARY, name, Duration.ofHours(5), limit);
    }
    special("Northwind", Directory.CORP, "dora.k", Duration.ofHours(51), limit);
    special("Contoso", Directory.PRIMARY, "fay.w", Duration.ofHours(-30), limit);
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      Organization child = world.named(entry.getKey());
      List<Person> candidates = world.people(world.parentOf(child).name());
      // The members of Northwind at 110 to 112 are listed still, though they have joined.
      int next = child.name().equals("Northwind") ? 110 : 150;
      for (int i = 0; i < entry.getValue() && invited < limit; i++) {
        if (child.name().equals("Northwind") && i == 3) {
          next = 200;
        }
        // The people of CORP come last; one in nine is taken from there.
        Person person = candidates.get(candidates.size() - 2 - i);
        while (i % 9 != 8 || person.store().equals(Directory.PRIMARY) || isSkipped(person)) {
          person = candidates.get(next++ % candidates.size());
          if (!isSkipped(person)) {
            break;
          }
        }
        invite(child, person, ends(i), i);
      }
    }
  }

  /// Nobody without e-mail, and none of those who have an invitation or a story of their own.
  private static boolean isSkipped(Person person) {
    return person.email().isEmpty()
        || Set.of("ed.m", "gus.t", "hal.o", "dora.k", "fay.w", "oli.e", "may.c")
            .contains(person.username());
  }

  private void special(
      String organization, String store, String username, Duration ends, int limit) {
    if (invited < limit) {
      Person person = world.person("Partners", store, username);
      invite(world.named(organization), person, ends, 3);
    }
  }

  /// One in twelve is over, one in thirty or so ends today, the others in the next three days.
  private static Duration ends(int index) {
    if (index % 12 == 4) {
      return Duration.ofHours(-(1 + index % 40)).minusSeconds(index);
    }
    return index % 31 == 6
        ? Duration.ofHours(2 + index % 18).plusSeconds(index)
        : Duration.ofHours(25 + index * 7L % 46).plusSeconds(index);
  }

  private void invite(Organization child, Person person, Duration ends, int index) {
    invited++;
    String key = child.handle() + "/" + person.qualifiedName();
    Set<String> withGroups =
        index % 3 == 2 ? Set.of() : Set.of(SeedWorld.pick(world.groups, child.name(), index));
    if (index % 20 == 7) {
      // A group that was deleted after the invitation was made.
      withGroups =
          Set.of(SeedRows.id("group", "gone"), SeedWorld.pick(world.groups, child.name(), index));
    }
    Invitations.Invitation one =
        new Invitations.Invitation(
            SeedRows.id("invitation", key),
            child.id(),
            child.parent().orElseThrow(),
            person.username(),
            person.store(),
            person.email().orElseThrow(),
            SeedRows.id("code", key),
            now.plus(ends).plusMillis(137),
            index % 2 == 0 ? Set.of(SeedWorld.pick(world.roles, child.name(), index)) : Set.of(),
            withGroups);
    world.rows.invitation(one);
    if (child.name().equals("Northwind") && index >= 20 && index < 33) {
      world.rows.mail(one);
    }
  }

  /// Fills Northwind up to the given number, with people of Partners made for it.
  private void more(int total) {
    for (int i = 148; total > USUAL && i < total; i++) {
      String username = "guest.%06d".formatted(i);
      world.person("Partners", Directory.PRIMARY, username, "Guest", "No " + i, true);
      invite(world.named("Northwind"), world.people("Partners").getLast(), ends(i), 100 + i);
    }
  }
}

package dev.guestlist.practice;

import dev.guestlist.practice.Directory.Organization;
import java.time.Instant;
import java.util.Optional;

/// The world that the practice server begins with: the same ids and names every time, with ends of
/// invitations counted from now.
final class Seed {
  static final int ORGANIZATIONS = 40;
  static final int INVITATIONS = SeedInvitations.USUAL;
  private static final Instant GROWN = Instant.parse("2026-01-05T06:00:00.211Z");

  private final SeedWorld world = new SeedWorld();
  private final SeedMembers members;

  private Seed(Instant now) {
    this.members = new SeedMembers(world, now);
  }

  /// Fills an empty database; more than the usual numbers go into Northwind (invitations) and below
  /// an organization called Branches.
  static void plant(Database database, Instant now, int invitations, int organizations) {
    Seed seed = new Seed(now);
    seed.members.plant();
    new SeedInvitations(seed.world, now).plant(invitations);
    seed.grow(organizations - ORGANIZATIONS);
    seed.world.rows.store(database);
  }

  /// Branches below districts, a hundred in each; Pat may enter them all.
  private void grow(int count) {
    if (count <= 0) {
      return;
    }
    Organization top = grown("Branches", world.named("ACME"), 0);
    Organization district = top;
    for (int i = 1; i < count; i++) {
      if (i % 100 == 1) {
        district = grown("District %03d".formatted(i / 100 + 1), top, i);
      } else {
        grown("Branch %05d".formatted(i), district, i);
      }
    }
  }

  private Organization grown(String name, Organization parent, int number) {
    Instant made = GROWN.plusMillis(61_003L * number);
    Organization one = world.organization(name, Optional.of(parent), "ACTIVE", made);
    members.letPatIn(one);
    return one;
  }
}

package dev.guestlist.service;

import dev.guestlist.model.Organization;
import dev.guestlist.model.OrganizationId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The organizations of one connection arranged for questions: who is below whom, and which fits a
/// text best. Immutable; made anew when the cache changes.
///
/// @param byId every known organization
/// @param children the known children of each, in order of name
/// @param entries what a search looks at
record OrganizationIndex(
    Map<OrganizationId, Organization> byId,
    Map<OrganizationId, List<Organization>> children,
    List<Entry> entries) {

  private static final int DEEPEST = 50;

  /// Lower-case texts of one organization.
  record Entry(Organization organization, String name, String handle) {}

  private record Hit(Organization organization, int score) {}

  static OrganizationIndex of(Collection<Organization> all) {
    Map<OrganizationId, Organization> byId = new HashMap<>();
    Map<OrganizationId, List<Organization>> children = new HashMap<>();
    List<Entry> entries = new ArrayList<>(all.size());
    for (Organization organization : all) {
      byId.put(organization.id(), organization);
      organization
          .parent()
          .ifPresent(parent ->
              children.computeIfAbsent(parent, of -> new ArrayList<>()).add(organization));
      entries.add(
          new Entry(
              organization,
              organization.name().toLowerCase(Locale.ROOT),
              organization.handle().orElse("").toLowerCase(Locale.ROOT)));
    }
    children
        .values()
        .forEach(
            of -> of.sort(Comparator.comparing(Organization::name, String.CASE_INSENSITIVE_ORDER)));
    return new OrganizationIndex(byId, children, entries);
  }

  List<Organization> path(OrganizationId id) {
    Deque<Organization> path = new ArrayDeque<>();
    Optional<OrganizationId> at = Optional.of(id);
    while (at.isPresent() && path.size() < DEEPEST) {
      Organization here = byId.get(at.get());
      if (here == null) {
        break;
      }
      path.addFirst(here);
      at = here.parent();
    }
    return List.copyOf(path);
  }

  /// Pinned ones, then the last nine visited.
  List<Organization> lately(Map<OrganizationId, Instant> visits, List<OrganizationId> pinned) {
    Stream<Organization> visited =
        visits.entrySet().stream()
            .sorted(Map.Entry.<OrganizationId, Instant>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .filter(id -> !pinned.contains(id))
            .map(byId::get)
            .filter(Objects::nonNull)
            .limit(9);
    return Stream.concat(pinned.stream().map(byId::get).filter(Objects::nonNull), visited).toList();
  }

  /// The best fits, best first: every word must be found in the name, handle, id or path. When
  /// nothing fits, words of four letters or more may have one slip.
  List<Organization> best(
      String text, Map<OrganizationId, Instant> visits, List<OrganizationId> pinned, int limit) {
    List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    List<Hit> hits = hits(words, visits, pinned, false);
    if (hits.isEmpty()) {
      hits = hits(words, visits, pinned, true);
    }
    return hits.stream()
        .sorted(
            Comparator.comparingInt(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.organization().name(), String.CASE_INSENSITIVE_ORDER))
        .limit(limit)
        .map(Hit::organization)
        .toList();
  }

  private List<Hit> hits(
      List<String> words,
      Map<OrganizationId, Instant> visits,
      List<OrganizationId> pinned,
      boolean forgiving) {
    List<Hit> hits = new ArrayList<>();
    for (Entry entry : entries) {
      int score = score(entry, words, forgiving);
      if (score > 0) {
        OrganizationId id = entry.organization().id();
        int known = (pinned.contains(id) ? 2_000 : 0) + (visits.containsKey(id) ? 1_000 : 0);
        hits.add(new Hit(entry.organization(), score + known));
      }
    }
    return hits;
  }

  /// How well an organization fits; 0 when a word is found nowhere.
  private int score(Entry entry, List<String> words, boolean forgiving) {
    int score = 0;
    for (String word : words) {
      int best = ofName(entry.name(), word);
      if (best == 0 && entry.handle().contains(word)) {
        best = 20;
      }
      if (best == 0 && entry.organization().id().value().startsWith(word)) {
        best = 15;
      }
      if (best == 0 && onThePath(entry.organization(), word)) {
        best = 5;
      }
      if (best == 0 && forgiving && slip(entry.name(), word)) {
        best = 2;
      }
      if (best == 0) {
        return 0;
      }
      score += best;
    }
    return score;
  }

  private static int ofName(String name, String word) {
    if (name.equals(word)) {
      return 100;
    }
    int at = name.indexOf(word);
    if (at == 0) {
      return 60;
    }
    if (at > 0) {
      return name.charAt(at - 1) == ' ' ? 45 : 30;
    }
    return 0;
  }

  private boolean onThePath(Organization organization, String word) {
    Optional<OrganizationId> at = organization.parent();
    for (int depth = 0; at.isPresent() && depth < DEEPEST; depth++) {
      Organization here = byId.get(at.get());
      if (here == null) {
        return false;
      }
      if (here.name().toLowerCase(Locale.ROOT).contains(word)) {
        return true;
      }
      at = here.parent();
    }
    return false;
  }

  /// Whether some word of the name begins like `word` with one letter wrong, missing, too many or
  /// swapped with its neighbour.
  private static boolean slip(String name, String word) {
    if (word.length() < 4) {
      return false;
    }
    for (String part : name.split("\\s+", -1)) {
      for (int length = word.length() - 1; length <= word.length() + 1; length++) {
        if (part.length() >= length && oneSlip(part.substring(0, length), word)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean oneSlip(String a, String b) {
    int start = 0;
    int shorter = Math.min(a.length(), b.length());
    while (start < shorter && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    String restA = a.substring(start);
    String restB = b.substring(start);
    if (restA.length() == restB.length()) {
      boolean wrong = restA.isEmpty() || restA.substring(1).equals(restB.substring(1));
      boolean swapped =
          restA.length() >= 2
              && restA.charAt(0) == restB.charAt(1)
              && restA.charAt(1) == restB.charAt(0)
              && restA.substring(2).equals(restB.substring(2));
      return wrong || swapped;
    }
    return restA.length() > restB.length()
        ? restA.substring(1).equals(restB)
        : restB.substring(1).equals(restA);
  }
}

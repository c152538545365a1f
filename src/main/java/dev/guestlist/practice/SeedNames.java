package dev.guestlist.practice;

import java.util.List;
import java.util.Locale;

/// The names that the seeded world is made of.
final class SeedNames {
  /// The organizations below the root: a first-level one, then its children.
  static final List<List<String>> TREE =
      List.of(
          List.of(
              "Partners",
              "Northwind",
              "Contoso",
              "Fabrikam",
              "Northgate",
              "Tailspin",
              "Adatum",
              "Litware",
              "Wingtip",
              "Rail"),
          List.of(
              "Suppliers",
              "North Sea Ltd",
              "Alpine Steel",
              "Baltic Timber",
              "Copper and Sons",
              "Delta Foods",
              "East Mills",
              "Granite Works"),
          List.of("Ports", "North Harbour", "South Harbour", "West Dock", "Old Harbour"),
          List.of(
              "Retail",
              "Retail North",
              "Retail South",
              "Market Hall",
              "Night Shop",
              "Corner Store",
              "Online Shop"),
          List.of(
              "Services",
              "Payroll",
              "Facilities",
              "Travel Desk",
              "Help Centre",
              "Archive",
              "Print Room"));

  /// The third level: children of Rail.
  static final List<String> BELOW_RAIL = List.of("Northern Rail", "Southern Rail");

  private static final List<String> GIVEN =
      List.of(
          "ada", "alf", "ana", "ben", "bea", "carl", "cleo", "dora", "dirk", "ed", "elsa", "emil",
          "eva", "fay", "finn", "fritz", "gina", "gus", "hal", "hana", "hugo", "ida", "igor",
          "iris", "jan", "jill", "jon", "kai", "kim", "kurt", "lara", "lee", "leo", "lena", "mara",
          "max", "may", "milo", "nadia", "ned", "nina", "noah", "ola", "oli", "otto", "pam", "paul",
          "pia", "quin", "ray", "rita", "rolf", "sam", "sara", "tim", "tess", "uma", "vera", "will",
          "zoe");
  private static final List<String> FAMILY =
      List.of(
          "Abel", "Berg", "Conti", "Dahl", "Engel", "Fisk", "Gold", "Hart", "Iversen", "Jung",
          "Kaur", "Lind", "Moser", "Novak", "Ober", "Park", "Quist", "Roth", "Stein", "Tran",
          "Unger", "Vogel", "Weber", "Xu", "Young", "Zeman");
  private static final List<String> DEPARTMENTS =
      List.of(
          "sales",
          "viewers",
          "support",
          "finance",
          "legal",
          "design",
          "field",
          "hr",
          "it",
          "logistics",
          "quality",
          "training");
  private static final List<String> PLACES =
      List.of("", "-eu", "-us", "-asia", "-night", "-west", "-east", "-lab");

  private SeedNames() {}

  /// User names, 1,560 for an organization. The root writes `dora.kaur`, Rail `k.dora` and the
  /// others `dora.k`, so that a parent and its child have no names in common.
  static String username(String organization, int index) {
    String letter = family(index).substring(0, 1).toLowerCase(Locale.ROOT);
    return switch (organization) {
      case "ACME" -> given(index) + "." + family(index).toLowerCase(Locale.ROOT);
      case "Rail" -> letter + "." + given(index);
      default -> given(index) + "." + letter;
    };
  }

  static String given(int index) {
    return GIVEN.get(index % GIVEN.size());
  }

  static String family(int index) {
    return FAMILY.get(index / GIVEN.size() % FAMILY.size());
  }

  static String group(int index) {
    return DEPARTMENTS.get(index % DEPARTMENTS.size())
        + PLACES.get(index / DEPARTMENTS.size() % PLACES.size());
  }

  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

package dev.guestlist.practice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A SCIM filter as SQL: expressions joined by `and`. What a list cannot do is refused the way that
/// list refuses it.
final class ScimFilter {
  /// One comparison, with its operator in lower case.
  record Expression(String attribute, String operator, String value) {}

  private static final Pattern EXPRESSION =
      Pattern.compile("\\s*([A-Za-z][\\w.:]*)\\s+([A-Za-z]{2})\\s+\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Pattern AND =
      Pattern.compile("\\s+and\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern OR =
      Pattern.compile("\\s+or\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", Pattern.CASE_INSENSITIVE);

  private ScimFilter() {}

  static boolean joins(String filter) {
    return AND.matcher(filter).find();
  }

  static boolean hasOr(String filter) {
    return OR.matcher(filter).find();
  }

  static List<Expression> parse(String filter) {
    List<Expression> all = new ArrayList<>();
    for (String part : AND.split(filter, -1)) {
      Matcher form = EXPRESSION.matcher(part);
      if (!form.matches()) {
        throw invalid("Filter " + filter + " is not valid.");
      }
      all.add(
          new Expression(
              String.valueOf(form.group(1)),
              String.valueOf(form.group(2)).toLowerCase(Locale.ROOT),
              String.valueOf(form.group(3)).replaceAll("\\\\(.)", "$1")));
    }
    return all;
  }

  /// The SQL of a text comparison; its value goes to the list.
  static String sql(Expression one, String column, String operators, List<Object> values) {
    if (!List.of(operators.split(" ", -1)).contains(one.operator())) {
      throw invalid("Filter operator: " + one.operator() + " is not supported for this operation.");
    }
    String pattern =
        switch (one.operator()) {
          case "co" -> "%" + one.value() + "%";
          case "sw" -> one.value() + "%";
          case "ew" -> "%" + one.value();
          default -> one.value();
        };
    values.add(pattern);
    Map<String, String> compare =
        Map.of("eq", "= ? collate nocase", "ne", "<> ?", "ge", ">= ?", "le", "<= ?");
    return column + " " + compare.getOrDefault(one.operator(), "like ?");
  }

  static Refusal invalid(String detail) {
    return Refusal.scim(400, "invalidFilter", detail);
  }
}

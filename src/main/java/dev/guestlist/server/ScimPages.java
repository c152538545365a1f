package dev.guestlist.server;

import dev.guestlist.model.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads a SCIM list that comes in pages to its end. Neither the total nor the size of a page can
/// be trusted: stores without a total report the page, and rows are dropped after counting.
final class ScimPages {
  /// The server cuts larger pages down to this size without a word.
  private static final int LARGEST_PAGE = 100;

  private ScimPages() {}

  /// One page of a list, asked for.
  interface Fetch<T> {
    ScimPage<T> from(Start start) throws ProblemException;
  }

  /// Where a page starts, counted from 1.
  record Start(int index) {
    Call of(Call list) {
      return list.query("startIndex", String.valueOf(index))
          .query("count", String.valueOf(LARGEST_PAGE));
    }
  }

  /// Hands on every row once, in pages that are never empty.
  static <T> void each(Function<T, String> id, Fetch<T> fetch, Consumer<List<T>> page)
      throws ProblemException {
    Set<String> seen = new HashSet<>();
    int received = 0;
    while (true) {
      ScimPage<T> answer = fetch.from(new Start(received + 1));
      List<T> fresh = new ArrayList<>();
      for (T row : answer.rows()) {
        if (seen.add(id.apply(row))) {
          fresh.add(row);
        }
      }
      if (fresh.isEmpty()) {
        // the end, or a server that answers with the same page again
        return;
      }
      page.accept(fresh);
      received += answer.rows().size();
      boolean shortPage = answer.rows().size() < LARGEST_PAGE;
      if (shortPage && received >= answer.totalResults()) {
        return;
      }
    }
  }
}

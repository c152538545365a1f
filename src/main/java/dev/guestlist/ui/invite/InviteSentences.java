package dev.guestlist.ui.invite;

import dev.guestlist.model.Connection;
import dev.guestlist.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;

/// What the invite dialog says about what is typed and chosen.
final class InviteSentences {
  private static final int MOST_NAMES = 5;

  private InviteSentences() {}

  /// "3 ready, 1 invited already, 1 to correct. Names are those of Partners."
  static String people(List<PersonChip> all, int merged, String parent, Texts texts) {
    List<String> parts = new ArrayList<>();
    part(parts, "invite.people.ready", count(all, PersonChip.Verdict.READY), texts);
    part(parts, "invite.people.invited", count(all, PersonChip.Verdict.INVITED), texts);
    part(parts, "invite.people.member", count(all, PersonChip.Verdict.MEMBER), texts);
    part(parts, "invite.people.spaced", count(all, PersonChip.Verdict.SPACED), texts);
    part(parts, "invite.people.merged", merged, texts);
    String hint = texts.get("invite.people.hint", parent);
    return parts.isEmpty() ? hint : String.join(", ", parts) + ". " + hint;
  }

  /// The complete sentence: how many, from where, into where, what they get, how they learn of it,
  /// when it ends, who is left out and why.
  static String future(
      List<PersonChip> all,
      List<String> groups,
      List<String> roles,
      boolean serverMails,
      String organization,
      String parent,
      Connection connection,
      boolean now,
      Texts texts) {
    int ready = count(all, PersonChip.Verdict.READY);
    if (ready == 0) {
      return texts.get("invite.future.nobody");
    }
    List<String> sentences = new ArrayList<>();
    List<String> gets = new ArrayList<>(groups);
    gets.addAll(roles);
    sentences.add(
        gets.isEmpty()
            ? texts.get("invite.future.plain", ready, parent, organization)
            : texts.get(
                "invite.future.gets", ready, parent, organization, String.join(", ", gets)));
    sentences.add(texts.get(serverMails ? "invite.future.mail" : "invite.future.codes", ready));
    sentences.add(texts.get("invite.future.end", connection.lifetime().toHours()));
    long stores =
        all.stream()
            .filter(PersonChip::goes)
            .map(chip -> chip.found().username().userStore())
            .distinct()
            .count();
    if (stores > 1) {
      sentences.add(texts.get("invite.future.stores", stores));
    }
    skipped(sentences, all, PersonChip.Verdict.INVITED, "invite.future.invited", texts);
    skipped(sentences, all, PersonChip.Verdict.MEMBER, "invite.future.member", texts);
    skipped(sentences, all, PersonChip.Verdict.SPACED, "invite.future.spaced", texts);
    if (!now) {
      sentences.add(texts.get("invite.future.later"));
    }
    return String.join(" ", sentences);
  }

  private static void skipped(
      List<String> sentences,
      List<PersonChip> all,
      PersonChip.Verdict verdict,
      String key,
      Texts texts) {
    List<String> names =
        all.stream()
            .filter(chip -> chip.verdict() == verdict)
            .map(chip -> chip.found().text())
            .toList();
    if (names.isEmpty()) {
      return;
    }
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    String listed =
        names.size() > MOST_NAMES
            ? texts.get("invite.future.and-more", first, names.size() - MOST_NAMES)
            : first;
    sentences.add(texts.get(key, listed, names.size()));
  }

  private static void part(List<String> parts, String key, int count, Texts texts) {
    if (count > 0) {
      parts.add(texts.get(key, count));
    }
  }

  private static int count(List<PersonChip> all, PersonChip.Verdict verdict) {
    return (int) all.stream().filter(chip -> chip.verdict() == verdict).count();
  }
}

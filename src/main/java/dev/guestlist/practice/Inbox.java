package dev.guestlist.practice;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The mails that the server would have sent, newest first: a page at `/inbox`, and the same as
/// JSON at `/inbox.json`.
final class Inbox {
  private static final DateTimeFormatter SENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Database database;
  private final Supplier<URI> baseUrl;

  Inbox(Database database, Supplier<URI> baseUrl) {
    this.database = database;
    this.baseUrl = baseUrl;
  }

  List<PracticeControl.Mail> mails() {
    return database.query(
        "select m.*, o.name as name from mail m join organization o on o.id = m.organization"
            + " order by m.sent desc, m.number desc",
        row ->
            mail(
                row.getString("recipient"),
                row.getString("person"),
                row.getString("name"),
                row.getString("organization"),
                row.getString("code"),
                Instant.ofEpochMilli(row.getLong("sent"))));
  }

  private PracticeControl.Mail mail(
      String to, String person, String name, String organization, String code, Instant sent) {
    String link =
        baseUrl.get()
            + "/o/"
            + organization
            + "/accountrecoveryendpoint/acceptinvitation.do?code="
            + code;
    String text =
        """
        Hi %s,

        you are invited to join the organization %s.
        Accept the invitation with this link. It is valid for 72 hours.

        %s
        """
            .formatted(person, name, link);
    return new PracticeControl.Mail(
        to, person, name, "You are invited to join " + name, text, link, sent);
  }

  Answer json(Call call) {
    return Answer.json(200, Json.object("mails", mails()));
  }

  Answer page(Call call) {
    StringBuilder articles = new StringBuilder();
    for (PracticeControl.Mail mail : mails()) {
      articles.append(
          """
          <article>
            <h2>%s</h2>
            <p class="from">to %s, %s</p>
            <p>Hi %s,<br>you are invited to join the organization <b>%s</b>.
               The invitation is valid for 72 hours.</p>
            <p><a class="button" href="%s">Accept invitation</a></p>
            <p class="from">Or hand this code over: <code>%s</code></p>
          </article>
          """
              .formatted(
                  Page.text(mail.subject()),
                  Page.text(mail.to()),
                  SENT.format(mail.sent()),
                  Page.text(mail.person()),
                  Page.text(mail.organization()),
                  Page.text(mail.link()),
                  Page.text(mail.link().substring(mail.link().indexOf("code=") + 5))));
    }
    return Page.answer("Inbox", articles.isEmpty() ? "<p>No mail yet.</p>" : articles.toString());
  }
}

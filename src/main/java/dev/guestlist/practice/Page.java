package dev.guestlist.practice;

/// The look that all pages of this server share.
final class Page {
  private static final String FRAME = Database.resource("page.html");

  private Page() {}

  static Answer answer(String title, String content) {
    return Answer.html(200, FRAME.replace("{title}", text(title)).replace("{content}", content))
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  }

  /// Text made safe for HTML, also between quotes.
  static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

package dev.guestlist.ui.kit;

import dev.guestlist.service.InvitationStatus;

/// How the status of an invitation looks: a glyph and a word that always go together, and the style
/// class that colours them.
///
/// @param style one of `neutral`, `success`, `warning`, `danger`, `info`, `quiet`, `quiet-danger`
public record StatusText(String glyph, String word, String style) {

  public static StatusText of(InvitationStatus status, Texts texts) {
    return switch (status) {
      case CODE_LOST -> new StatusText("≈!", texts.get("status.code-lost"), "danger");
      case DELETED_NOT_INVITED ->
          new StatusText("!", texts.get("status.deleted-not-invited"), "danger");
      case REPLY_UNKNOWN -> new StatusText("≈", texts.get("status.reply-unknown"), "warning");
      case NEEDS_DECISION -> new StatusText("!", texts.get("status.needs-decision"), "warning");
      case NOT_SENT -> new StatusText("!", texts.get("status.not-sent"), "danger");
      case CANNOT_TELL -> new StatusText("?", texts.get("status.cannot-tell"), "warning");
      case EXPIRES_SOON -> new StatusText("◔", texts.get("status.expires-soon"), "warning");
      case EXPIRED -> new StatusText("⊘", texts.get("status.expired"), "quiet-danger");
      case PROBABLY_EXPIRED ->
          new StatusText("⊘?", texts.get("status.probably-expired"), "quiet-danger");
      case JOINED_STILL_LISTED ->
          new StatusText("✓○", texts.get("status.joined-still-listed"), "warning");
      case NO_LONGER_LISTED -> new StatusText("?", texts.get("status.no-longer-listed"), "info");
      case WAITING -> new StatusText("⇡", texts.get("status.waiting"), "info");
      case DELETING -> new StatusText("✕", texts.get("status.deleting"), "quiet");
      case SENDING -> new StatusText("⇡", texts.get("status.sending"), "info");
      case PENDING -> new StatusText("○", texts.get("status.pending"), "neutral");
      case JOINED -> new StatusText("✓", texts.get("status.joined"), "success");
      case REPLACED -> new StatusText("↻", texts.get("status.replaced"), "quiet");
      case DELETED_HERE -> new StatusText("✕", texts.get("status.deleted-here"), "quiet");
    };
  }
}

package dev.guestlist.model;

/// What became of an address that somebody pasted because the browser's answer could not arrive.
public enum PasteResult {
  /// it is the answer; the sign-in goes on
  TAKEN,
  /// no sign-in waits for an answer of a browser, or the answer has come already
  NOT_WAITING,
  /// it is not the address that the browser ended on after this sign-in; the waiting goes on
  NOT_THE_ANSWER
}

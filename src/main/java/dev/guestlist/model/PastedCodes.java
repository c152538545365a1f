package dev.guestlist.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The confirmation codes in a text that somebody pasted or typed: a code, lines of them, links,
/// whole mails. Codes are told by their form. Nothing of the text around them is kept but the first
/// ignored line, to be shown once; the text form of all this shows numbers only.
///
/// @param codes each code once, in the order of the text
/// @param twice how many of them stand there more than once
/// @param almost what looks like a code and is none, in the order of the text
/// @param ignoredLines lines with text that is no part of a code
/// @param firstIgnored the first of them, at most 60 characters; blank when there is none
public record PastedCodes(
    List<Found> codes, int twice, List<Almost> almost, int ignoredLines, String firstIgnored) {

  /// How much had to be put right to read a code.
  public enum Repair {
    /// nothing but upper case, missing dashes, spaces between groups, or a mail's encoding
    NONE,
    /// a line break stood inside of it
    JOINED,
    /// the letters O, l or I were read as the digits 0 and 1: worth a look
    LETTERS
  }

  /// One code.
  ///
  /// @param host of the link it stood in, in lower case; empty when it stood in none, or only in
  ///   links that no host can be read from
  public record Found(ConfirmationCode code, Optional<String> host, Repair repair) {}

  /// Something with nearly the form of a code. A code with a letter missing is easily guessed, so
  /// this is as secret as a code.
  ///
  /// @param text as written, line breaks taken out
  /// @param letters how many letters and digits it has; a code has 32
  public record Almost(String text, int letters) {
    @Override
    public String toString() {
      return "Almost[" + letters + " letters]";
    }
  }

  public PastedCodes {
    codes = List.copyOf(codes);
    almost = List.copyOf(almost);
  }

  /// Finds the codes of a text. Takes a time that grows with the length of the text and no faster.
  public static PastedCodes find(String text) {
    return new CodeScanner(text).scan();
  }

  /// These codes and what another reading of the same text has more.
  public PastedCodes and(PastedCodes more) {
    Set<ConfirmationCode> known = codes.stream().map(Found::code).collect(Collectors.toSet());
    Stream<Found> others = more.codes.stream().filter(one -> !known.contains(one.code()));
    return new PastedCodes(
        Stream.concat(codes.stream(), others).toList(),
        twice,
        Stream.concat(almost.stream(), more.almost.stream()).distinct().toList(),
        ignoredLines,
        firstIgnored);
  }

  /// How many codes had a line break inside or letters read as digits.
  public int repaired() {
    return (int) codes.stream().filter(found -> found.repair() != Repair.NONE).count();
  }

  /// Whether there is nothing to take in: neither a code nor something like one.
  public boolean none() {
    return codes.isEmpty() && almost.isEmpty();
  }

  @Override
  public String toString() {
    return "PastedCodes[%d codes, %d twice, %d almost, %d lines ignored]"
        .formatted(codes.size(), twice, almost.size(), ignoredLines);
  }
}

package dev.guestlist.testing;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for secrets where they have no business, in the forms that a careless program gives them:
/// as they are, cut in half, as Base64 wherever it begins, percent-encoded, hexadecimal, and in
/// wide letters.
public final class LeakHunt {
  /// Shorter texts turn up by chance.
  private static final int SHORTEST = 8;

  private final Map<Long, List<Wanted>> byBeginning = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Wanted(String kind, String form, byte[] bytes) {}

  /// A secret in a place.
  ///
  /// @param kind what it is
  /// @param form how it is written there
  public record Find(String where, String kind, String form) {}

  /// @param secrets by their kind; each has eight signs or more
  public LeakHunt(Map<String, ? extends Collection<String>> secrets) {
    secrets.forEach((kind, values) -> values.forEach(value -> want(kind, value)));
  }

  private void want(String kind, String secret) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException(kind + " is too short to be looked for.");
    }
    forms(secret)
        .forEach((form, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
          if (bytes.length >= SHORTEST) {
            byBeginning
                .computeIfAbsent(beginning(bytes), key -> new ArrayList<>())
                .add(new Wanted(kind, form, bytes));
          }
        });
  }

  /// How a secret may be written, by a name for it.
  public static Map<String, String> forms(String secret) {
    Map<String, String> forms = new LinkedHashMap<>();
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.put("plain", new String(bytes, StandardCharsets.ISO_8859_1));
    forms.put("half", secret.length() < 24 ? "" : secret.substring(0, secret.length() / 2));
    forms.put("reversed", new StringBuilder(secret).reverse().toString());
    forms.put("without dashes", secret.replace("-", ""));
    forms.put("hex", HexFormat.of().formatHex(bytes));
    forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
    forms.put("URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
    forms.put("all percent", "%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes));
    forms.put("URL without dashes", forms.get("URL").replace("-", "%2D"));
    forms.put("wide", wide(secret, false));
    forms.put("wide the other way", wide(secret, true));
    for (int shift = 0; shift < 3; shift++) {
      String base64 = base64(bytes, shift);
      forms.put("base64 at " + shift, base64);
      forms.put("base64url at " + shift, base64.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  private static String wide(String secret, boolean big) {
    var wide = big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    return new String(secret.getBytes(wide), StandardCharsets.ISO_8859_1);
  }

  /// The signs of the Base64 text that stand for this secret alone, when `shift` bytes (or three
  /// more, or six) come before it, whatever they are.
  private static String base64(byte[] secret, int shift) {
    byte[] shifted = new byte[shift + secret.length];
    System.arraycopy(secret, 0, shifted, shift, secret.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = (shift * 8 + 5) / 6;
    return whole.substring(first, shifted.length * 8 / 6);
  }

  /// What is found in a text.
  public Set<Find> in(String where, String text) {
    return in(where, text.getBytes(StandardCharsets.UTF_8));
  }

  /// What is found in all files below a folder, and in their names.
  public Set<Find> inFiles(Path folder) throws IOException {
    Set<Find> found = new LinkedHashSet<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        found.addAll(in("the name of " + name, name));
        found.addAll(in(name, Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private Set<Find> in(String where, byte[] content) {
    Set<Find> found = new LinkedHashSet<>();
    long last = 0;
    for (int i = 0; i < content.length; i++) {
      last = (last << 8) | (content[i] & 0xff);
      if (i < SHORTEST - 1) {
        continue;
      }
      int from = i - SHORTEST + 1;
      for (Wanted wanted : byBeginning.getOrDefault(last, List.of())) {
        int to = from + wanted.bytes().length;
        if (to <= content.length
            && Arrays.equals(content, from, to, wanted.bytes(), 0, wanted.bytes().length)) {
          found.add(new Find(where, wanted.kind(), wanted.form()));
        }
      }
    }
    return found;
  }

  private static long beginning(byte[] bytes) {
    long key = 0;
    for (int i = 0; i < SHORTEST; i++) {
      key = (key << 8) | (bytes[i] & 0xff);
    }
    return key;
  }
}

package dev.guestlist.service;

import dev.guestlist.model.PastedCodes;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The readable text of files that somebody dropped: saved mails and plain texts. Nothing is kept
/// of them.
public final class MailFiles {
  /// The most that is read of a file, in bytes.
  public static final int MOST_BYTES = 10 * 1024 * 1024;

  private static final int DEEPEST = 20;
  private static final int HEADERS_SEEN = 16 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern HEADER =
      Pattern.compile(
          "^(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Content-Type"
              + "|Content-Transfer-Encoding|Delivered-To|X-[\\w-]+):",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern ENCODED =
      Pattern.compile(
          "^[>| \t]*Content-Transfer-Encoding:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /// Where one mail ends and the next begins.
  private static final Pattern NEXT_MAIL =
      Pattern.compile(
          "(?<=\\n)(?=\\r?\\n(?:From |(?:From|Received|Return-Path|Delivered-To|MIME-Version"
              + "|Message-ID|Subject|Date):))",
          Pattern.CASE_INSENSITIVE);

  private MailFiles() {}

  /// The codes of a text; of the source of mails also where their parts are encoded.
  public static PastedCodes codesIn(String text) {
    PastedCodes asItStands = PastedCodes.find(text);
    if (!ENCODED.matcher(text).find()) {
      return asItStands;
    }
    String readable =
        NEXT_MAIL
            .splitAsStream(text)
            .map(mail -> text(mail.strip().getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining("\n\n"));
    PastedCodes decoded = PastedCodes.find(readable);
    return decoded.none() ? asItStands : decoded.and(asItStands);
  }

  /// What a person would read in this file: all parts of a mail that are plain text or HTML, also
  /// those of mails in it, decoded; a file that is no mail as it stands. Of several forms of the
  /// same text the one counts that has all codes of the others. What cannot be read is left out; of
  /// a file larger than [#MOST_BYTES] the rest is.
  public static String text(byte[] file) {
    byte[] read = file.length > MOST_BYTES ? Arrays.copyOf(file, MOST_BYTES) : file;
    return (isMail(read) ? mail(read) : Optional.<String>empty())
        .filter(text -> !text.isBlank())
        .orElseGet(() -> plain(read));
  }

  private static boolean isMail(byte[] file) {
    int seen = Math.min(file.length, HEADERS_SEEN);
    String begin = new String(file, 0, seen, StandardCharsets.ISO_8859_1);
    if (begin.startsWith("\u00ef\u00bb\u00bf")) {
      begin = begin.substring(3);
    }
    int end = begin.indexOf("\n\n") >= 0 ? begin.indexOf("\n\n") : begin.indexOf("\r\n\r\n");
    String headers = end < 0 ? begin : begin.substring(0, end);
    return HEADER.matcher(headers).results().limit(2).count() == 2;
  }

  private static Optional<String> mail(byte[] file) {
    try {
      Properties lenient = new Properties();
      lenient.setProperty("mail.mime.base64.ignoreerrors", "true");
      lenient.setProperty("mail.mime.ignoreunknownencoding", "true");
      MimeMessage mail =
          new MimeMessage(Session.getInstance(lenient), new ByteArrayInputStream(file));
      return Optional.of(of(mail, 0));
    } catch (MessagingException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /// What cannot be read of a part is left out; the others are read all the same.
  private static String of(Part part, int depth) {
    try {
      if (depth > DEEPEST) {
        return "";
      }
      if (part.isMimeType("multipart/*")) {
        return ofMany(part, depth);
      }
      if (part.isMimeType("message/rfc822")) {
        return part.getContent() instanceof Part inner ? of(inner, depth + 1) : "";
      }
      if (part.isMimeType("text/html")) {
        return HtmlText.of(decoded(part));
      }
      return part.isMimeType("text/plain") ? decoded(part) : "";
    } catch (MessagingException | IOException | RuntimeException e) {
      return "";
    }
  }

  private static String ofMany(Part part, int depth) throws MessagingException, IOException {
    if (!(part.getContent() instanceof Multipart many)) {
      return decoded(part);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count(many); i++) {
      BodyPart one = many.getBodyPart(i);
      texts.add(of(one, depth + 1));
    }
    texts.removeIf(String::isBlank);
    return part.isMimeType("multipart/alternative") ? best(texts) : String.join("\n\n", texts);
  }

  /// A multipart that ends too early still has the parts that arrived.
  private static int count(Multipart many) {
    try {
      return many.getCount();
    } catch (MessagingException e) {
      return 0;
    }
  }

  /// A code that stands in the plain form and in the HTML form of a mail stands there once.
  private static String best(List<String> forms) {
    Optional<String> best = Optional.empty();
    Set<String> all = new HashSet<>();
    forms.forEach(form -> all.addAll(codes(form)));
    long hosts = -1;
    for (String form : forms) {
      long inLinks =
          PastedCodes.find(form).codes().stream().filter(one -> one.host().isPresent()).count();
      if (codes(form).equals(all) && inLinks > hosts) {
        best = Optional.of(form);
        hosts = inLinks;
      }
    }
    return best.orElseGet(() -> String.join("\n\n", forms));
  }

  private static Set<String> codes(String text) {
    return PastedCodes.find(text).codes().stream()
        .map(one -> one.code().reveal())
        .collect(Collectors.toSet());
  }

  private static String decoded(Part part) throws MessagingException, IOException {
    try (InputStream in = part.getInputStream()) {
      return decoded(readable(in), charset(part.getContentType()));
    }
  }

  /// As much as can be read.
  private static byte[] readable(InputStream in) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try {
      int more = in.read(some);
      while (more > 0) {
        all.write(some, 0, more);
        more = in.read(some);
      }
    } catch (IOException | RuntimeException e) {
      // the encoding is broken from here on
    }
    return all.toByteArray();
  }

  private static Optional<Charset> charset(String contentType) {
    try {
      String name = new ContentType(contentType).getParameter("charset");
      return name == null
          ? Optional.empty()
          : Optional.of(Charset.forName(MimeUtility.javaCharset(name.strip())));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String decoded(byte[] bytes, Optional<Charset> declared) {
    // many mail programs say ISO-8859-1 or ASCII and mean Windows-1252 or UTF-8
    boolean sure =
        declared.isPresent()
            && !declared.get().equals(StandardCharsets.ISO_8859_1)
            && !declared.get().equals(StandardCharsets.US_ASCII);
    return sure ? new String(bytes, declared.orElseThrow()) : plain(bytes);
  }

  /// A text of unknown encoding: by its first bytes, else UTF-8 where it can be, else Windows-1252.
  private static String plain(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return new String(bytes, WINDOWS);
    }
  }
}

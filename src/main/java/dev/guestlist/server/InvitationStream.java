package dev.guestlist.server;

import dev.guestlist.model.Invitation;
import dev.guestlist.model.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the invitation list row by row while it arrives: any number of rows passes through the
/// memory of one.
final class InvitationStream {
  private final Answer answer;
  private final Consumer<Invitation> each;
  private final RowByRow text;
  private int rows;

  /// Hands on every row, and says how many there were.
  static int read(Answer answer, Limits limits, Consumer<Invitation> each)
      throws IOException, ProblemException {
    return new InvitationStream(answer, limits, each).read();
  }

  private InvitationStream(Answer answer, Limits limits, Consumer<Invitation> each)
      throws ProblemException {
    this.answer = answer;
    this.each = each;
    this.text = new RowByRow(answer.jsonStream(), limits);
  }

  private int read() throws IOException, ProblemException {
    try (JsonParser parser = parser()) {
      expect(next(parser), JsonToken.START_OBJECT);
      while (next(parser) == JsonToken.PROPERTY_NAME) {
        // an empty list has no such member
        boolean list = parser.currentName().equals("invitations");
        JsonToken value = next(parser);
        if (list && value != JsonToken.VALUE_NULL) {
          expect(value, JsonToken.START_ARRAY);
          rows(parser);
        } else {
          skip(parser);
        }
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT);
      if (next(parser) != null) {
        throw broken();
      }
      return rows;
    }
  }

  private void rows(JsonParser parser) throws IOException, ProblemException {
    while (next(parser) != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      Invitation invitation = row(parser).toModel();
      each.accept(invitation);
      rows++;
      text.startsNextRow();
    }
  }

  private JsonParser parser() throws IOException, ProblemException {
    try {
      return Json.parser(text);
    } catch (JacksonException e) {
      throw failed(e);
    }
  }

  private JsonToken next(JsonParser parser) throws IOException, ProblemException {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw failed(e);
    }
  }

  private void skip(JsonParser parser) throws IOException, ProblemException {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw failed(e);
    }
  }

  private InvitationJson row(JsonParser parser) throws IOException, ProblemException {
    try {
      return parser.readValueAs(InvitationJson.class);
    } catch (JacksonException e) {
      throw failed(e);
    }
  }

  /// The connection broke, or the text is not what it should be.
  private ProblemException failed(JacksonException e) throws IOException {
    if (e.getCause() instanceof TooLarge) {
      return answer.unreadable("a row without an end");
    }
    if (e.getCause() instanceof IOException lost) {
      throw lost;
    }
    return broken();
  }

  private void expect(JsonToken came, JsonToken expected) throws ProblemException {
    if (came != expected) {
      throw broken();
    }
  }

  private ProblemException broken() {
    return answer.unreadable("broken or unexpected JSON");
  }

  /// Lets a text of any length pass, as long as rows keep coming out of it: neither an endless row
  /// nor endless blanks nor a trickle of bytes keeps the reader for ever.
  private static final class RowByRow extends FilterInputStream {
    private final Limits limits;
    private long bytes;
    private long waited;

    RowByRow(InputStream text, Limits limits) {
      super(text);
      this.limits = limits;
    }

    void startsNextRow() {
      bytes = 0;
      waited = 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long start = System.nanoTime();
      int read = super.read(buffer, offset, length);
      waited += System.nanoTime() - start;
      if (waited > limits.stall().toNanos()) {
        throw new InterruptedIOException("No row came for too long.");
      }
      bytes += Math.max(read, 0);
      if (bytes > limits.bytes()) {
        throw new TooLarge();
      }
      return read;
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("One row is too large.");
    }
  }
}

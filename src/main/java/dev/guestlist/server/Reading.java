package dev.guestlist.server;

import dev.guestlist.model.ProblemException;
import java.io.IOException;

/// Turns a good answer into what the caller wants, while the connection is still open.
interface Reading<T> {
  T read(Answer answer) throws IOException, ProblemException;
}

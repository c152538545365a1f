package dev.guestlist.stories;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/// Keeps what the program logs, at the finest level and without the mask of the real log, and what
/// it prints, until closed.
final class WrittenByTheProgram implements AutoCloseable {
  private final Path file;
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.guestlist");
  private final Level rootBefore = root.getLevel();
  private final Level oursBefore = ours.getLevel();
  private final FileAppender<ILoggingEvent> log = new FileAppender<>();
  private final java.util.logging.Logger okhttp = java.util.logging.Logger.getLogger("okhttp3");
  private final StringBuilder okhttpSaid = new StringBuilder();
  private final Handler okhttpListener = new Listener();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  WrittenByTheProgram(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.getParent());
    LoggerContext context = root.getLoggerContext();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %msg %mdc %kvp%n%ex{full}");
    encoder.start();
    log.setContext(context);
    log.setFile(file.toString());
    log.setEncoder(encoder);
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    ours.setLevel(Level.TRACE);
    okhttp.setLevel(java.util.logging.Level.ALL);
    okhttp.setUseParentHandlers(false);
    okhttp.addHandler(okhttpListener);
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  /// What the logger of OkHttp, which is Java's own, is told.
  private final class Listener extends Handler {
    Listener() {
      setLevel(java.util.logging.Level.ALL);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      synchronized (okhttpSaid) {
        okhttpSaid.append(record.getLoggerName()).append(' ').append(getFormatter().format(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  String logged() {
    try {
      synchronized (okhttpSaid) {
        return Files.readString(file) + okhttpSaid;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    root.detachAppender(log);
    log.stop();
    root.setLevel(rootBefore);
    ours.setLevel(oursBefore);
    okhttp.removeHandler(okhttpListener);
    okhttp.setUseParentHandlers(true);
    okhttp.setLevel(null);
  }
}

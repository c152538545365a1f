package dev.guestlist.ui.kit;

import dev.guestlist.service.ActivityLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Asks for a file, has a table written into it, and tells what came of it.
public final class TableExport {
  private final ScreenContext context;
  private final FilePicker files;

  public TableExport(ScreenContext context, FilePicker files) {
    this.context = context;
    this.files = files;
  }

  /// Writes into a file.
  public interface Write {
    /// Writes, and answers how many lines.
    int to(Path file) throws IOException;
  }

  /// Asks for a place and a format, then writes.
  ///
  /// @param name of the file that is proposed, without its ending
  public void ask(String name, ActivityLog.Format format, Background background, Write write) {
    Texts texts = context.texts();
    boolean csv = format == ActivityLog.Format.CSV;
    String ending = csv ? "csv" : "jsonl";
    files.save(
        texts.get("board.export.title"),
        new FilePicker.Sort(
            texts.get(csv ? "activity.csv" : "activity.json-lines"), List.of("*." + ending)),
        name + "." + ending,
        file -> background.run(() -> written(write, file), context.dialogs()::tell));
  }

  private String written(Write write, Path file) {
    Texts texts = context.texts();
    try {
      return texts.get("activity.written", write.to(file), file.toString());
    } catch (IOException e) {
      return texts.get("board.not-written", file.toString(), String.valueOf(e.getMessage()));
    }
  }
}

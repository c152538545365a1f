package dev.guestlist.ui.shell;

import dev.guestlist.ui.kit.FilePicker;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The system's dialogs for files.
final class WindowFiles implements FilePicker {
  private final Window owner;

  WindowFiles(Window owner) {
    this.owner = owner;
  }

  @Override
  public void open(String title, Sort sort, Consumer<Path> chosen) {
    take(chooser(title, sort).showOpenDialog(owner), chosen);
  }

  @Override
  public void save(String title, Sort sort, String name, Consumer<Path> chosen) {
    FileChooser chooser = chooser(title, sort);
    chooser.setInitialFileName(name);
    take(chooser.showSaveDialog(owner), chosen);
  }

  private static FileChooser chooser(String title, Sort sort) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser
        .getExtensionFilters()
        .setAll(new FileChooser.ExtensionFilter(sort.words(), sort.endings()));
    return chooser;
  }

  private static void take(@Nullable File file, Consumer<Path> chosen) {
    Optional.ofNullable(file).map(File::toPath).ifPresent(chosen);
  }
}

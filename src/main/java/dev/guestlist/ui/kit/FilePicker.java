package dev.guestlist.ui.kit;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Asks the person for a file, in the system's own dialog.
public interface FilePicker {

  /// What sort of file is asked for.
  ///
  /// @param words what the sort is called
  /// @param endings patterns such as `*.pem`
  record Sort(String words, List<String> endings) {}

  /// Asks for a file that exists. `chosen` is not called when the person takes none.
  void open(String title, Sort sort, Consumer<Path> chosen);

  /// Asks where to write a file. `chosen` is not called when the person takes none.
  ///
  /// @param name what the file is called unless the person says otherwise
  void save(String title, Sort sort, String name, Consumer<Path> chosen);
}

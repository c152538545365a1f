package dev.guestlist.cli;

import dev.guestlist.ui.kit.Texts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// What a command says: results on the output, notes and reasons on the error stream.
final class Printing {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  private final Texts texts;

  Printing(Texts texts) {
    this.texts = texts;
  }

  Texts texts() {
    return texts;
  }

  /// One result: the line for people, or the object with the same facts. Empty values are left out.
  void result(String line, Map<String, ?> facts) {
    String text = json ? JSON.writeValueAsString(present(facts)) : line;
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  /// Something beside the results.
  void note(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private static Map<String, Object> present(Map<String, ?> facts) {
    Map<String, Object> present = new TreeMap<>();
    facts.forEach((name, value) -> {
      Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (bare != null) {
        present.put(name, plain(bare));
      }
    });
    return present;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Number number -> number;
      case Boolean flag -> flag;
      case Iterable<?> list -> {
        java.util.List<Object> all = new java.util.ArrayList<>();
        list.forEach(one -> all.add(plain(one)));
        yield all;
      }
      default -> value.toString();
    };
  }
}

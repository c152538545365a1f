package dev.guestlist.cli;

import dev.guestlist.model.Connection;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that works with what this computer keeps.
abstract class DeskCommand implements Callable<Integer> {
  /// Where a passphrase may be handed over without an argument, which others could read.
  private static final String PASSPHRASE = "GUESTLIST_PASSPHRASE";

  private final Desk.Opener opener;
  final Texts texts;

  @Mixin final Printing out;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The vault's passphrase, if it has one. Otherwise GUESTLIST_PASSPHRASE.")
  private Optional<Path> passphraseFile = Optional.empty();

  DeskCommand(Desk.Opener opener, Texts texts) {
    this.opener = opener;
    this.texts = texts;
    this.out = new Printing(texts);
  }

  @Override
  public final Integer call() {
    try (Desk desk = opener.open()) {
      unlock(desk);
      return act(desk).code();
    } catch (CannotOpen e) {
      out.note(String.valueOf(e.getMessage()));
      return Exit.NOTHING_DONE.code();
    } catch (Stop stop) {
      out.note(String.valueOf(stop.getMessage()));
      return stop.exit().code();
    }
  }

  abstract Exit act(Desk desk) throws Stop;

  private void unlock(Desk desk) throws Stop {
    if (!desk.vaultKey().locked()) {
      return;
    }
    Optional<String> passphrase =
        passphraseFile.isPresent()
            ? Optional.of(secretIn(passphraseFile.get()))
            : Optional.ofNullable(System.getenv(PASSPHRASE));
    if (!desk.vaultKey().unlock(passphrase.map(String::toCharArray))) {
      throw new Stop(
          Exit.NOTHING_DONE,
          texts.get(passphrase.isPresent() ? "cli.wrong-passphrase" : "cli.locked", PASSPHRASE));
    }
  }

  /// The connection of that name or id; without a name the only one.
  final Connection connection(Desk desk, Optional<String> name) throws Stop {
    List<Connection> all = desk.connections().all();
    List<Connection> fitting =
        all.stream()
            .filter(one ->
                name.isEmpty()
                    || one.name().equalsIgnoreCase(name.get().strip())
                    || one.id().value().equals(name.get().strip()))
            .toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    String known = all.stream().map(Connection::name).collect(Collectors.joining(", "));
    if (all.isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.no-connections"));
    }
    throw new Stop(
        Exit.NOTHING_DONE,
        name.isEmpty()
            ? texts.get("cli.which-connection", known)
            : texts.get("cli.unknown-connection", name.get(), fitting.size(), known));
  }

  /// The content of a file with a secret, without the line end.
  final String secretIn(Path file) throws Stop {
    String secret = textIn(file).strip();
    if (secret.isEmpty()) {
      throw new Stop(Exit.NOTHING_DONE, texts.get("cli.empty-file", file));
    }
    return secret;
  }

  /// The content of a file, or of the input for `-`.
  final String textIn(Path file) throws Stop {
    try {
      byte[] bytes =
          file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Stop(
          Exit.NOTHING_DONE, texts.get("cli.cannot-read", file, String.valueOf(e.getMessage())));
    }
  }
}

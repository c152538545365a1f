package dev.guestlist.store;

import static dev.guestlist.store.Sample.ACME;
import static dev.guestlist.store.Sample.CODE;
import static dev.guestlist.store.Sample.NOW;
import static dev.guestlist.store.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.KeyPlace;
import dev.guestlist.model.Reason;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Codes are recognised after they were wiped, without being kept.
@Execution(ExecutionMode.CONCURRENT)
class FingerprintsTest {
  private static final ConfirmationCode SAME_END =
      ConfirmationCode.asGiven("00000000-0000-4000-8000-00000000" + CODE.reveal().substring(32));

  @TempDir private Path folder;

  private static Run accepted(LocalStore store, RowState state) {
    Run run = store.runs().post(Sample.accept(NOW, CODE));
    store.calls().settle(List.of(RowChange.to(only(store, run).id(), state)), NOW);
    return run;
  }

  private static RunRow only(LocalStore store, Run run) {
    return store.runs().rows(run.number()).getFirst();
  }

  private static Optional<Long> knownRun(LocalStore store, ConfirmationCode code) {
    return store.doneHere().accepted(ACME, code).map(RunRow::run);
  }

  private List<String> fingerprints() throws DamagedException {
    try (Database database = Database.open(folder.resolve("guestlist.db"), Schema.MAIN)) {
      return database.read(s ->
          s.query(
              "SELECT fingerprint FROM run_row WHERE fingerprint IS NOT NULL", row -> row.text(1)));
    }
  }

  @Test
  void anAcceptedCodeIsRecognisedAfterARestartWhenItIsLongWiped() {
    Run run;
    try (LocalStore store = Sample.open(folder)) {
      run = accepted(store, RowState.JOINED);
      assertThat(store.runs().code(only(store, run).id())).isEmpty();
    }
    try (LocalStore store = Sample.open(folder)) {
      assertThat(knownRun(store, CODE)).contains(run.number());
    }
  }

  @Test
  void aCodeWithTheSameEndIsAnotherOne() {
    try (LocalStore store = Sample.open(folder)) {
      Run ignored = accepted(store, RowState.JOINED);

      assertThat(SAME_END.lastFour()).isEqualTo(CODE.lastFour());
      assertThat(knownRun(store, SAME_END)).isEmpty();
    }
  }

  @Test
  void onlyACodeThatThisConnectionAcceptedCounts() {
    try (LocalStore store = Sample.open(folder)) {
      Run waiting = store.runs().post(Sample.accept(NOW, CODE));
      assertThat(knownRun(store, CODE)).as("it waits").isEmpty();

      RowChange refused =
          RowChange.because(only(store, waiting).id(), RowState.REFUSED, Reason.UNKNOWN_CODE, "");
      store.calls().settle(List.of(refused), NOW);
      assertThat(knownRun(store, CODE)).as("it was refused").isEmpty();

      Run ignored = accepted(store, RowState.ALREADY_MEMBER);
      assertThat(store.doneHere().accepted(OTHER, CODE)).as("another connection").isEmpty();
      assertThat(knownRun(store, CODE)).isPresent();
    }
  }

  @Test
  void aPersonWhomSomebodyElseBroughtInIsNoEvidence() {
    try (LocalStore store = Sample.open(folder)) {
      Run run = store.runs().post(Sample.accept(NOW, CODE));
      RowChange elsewhere =
          RowChange.because(
              only(store, run).id(), RowState.ALREADY_MEMBER, Reason.UNKNOWN_CODE, "");
      store.calls().settle(List.of(elsewhere), NOW);

      assertThat(knownRun(store, CODE)).isEmpty();
    }
  }

  @Test
  void aRefusedRowFindsTheOneThatUsedItsCode() {
    try (LocalStore store = Sample.open(folder)) {
      Run first = accepted(store, RowState.JOINED);
      Run second = store.runs().post(Sample.accept(NOW, CODE, SAME_END));
      List<RunRow> rows = store.runs().rows(second.number());

      assertThat(store.doneHere().acceptedBefore(rows.get(0)).map(RunRow::run))
          .contains(first.number());
      assertThat(store.doneHere().acceptedBefore(rows.get(1))).isEmpty();
      assertThat(store.doneHere().acceptedBefore(only(store, first))).isEmpty();
    }
  }

  @Test
  void isNotToBeGuessedWithoutTheKey() throws Exception {
    try (LocalStore store = Sample.open(folder)) {
      Run run = accepted(store, RowState.JOINED);
      assertThat(only(store, run).toString()).doesNotContain(fingerprints().getFirst());
    }
    byte[] code = CODE.reveal().getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
    assertThat(fingerprints()).singleElement().asString().hasSize(64).isNotEqualTo(hash);
  }

  @Test
  void isNotMadeWhereTheKeyEndsWithTheProgram() throws Exception {
    try (LocalStore store = LocalStore.open(folder, new KeyInMemory(), InstantSource.fixed(NOW))) {
      Run ignored = accepted(store, RowState.JOINED);
      assertThat(knownRun(store, CODE)).isEmpty();
    }
    assertThat(fingerprints()).isEmpty();
  }

  @Test
  void isNotToldWhileTheVaultIsLocked() {
    try (LocalStore store = Sample.open(folder)) {
      Run run = accepted(store, RowState.JOINED);
      store.vault().lock();
      assertThat(knownRun(store, CODE)).isEmpty();

      assertThat(store.vault().unlock(Optional.empty())).isTrue();
      assertThat(knownRun(store, CODE)).contains(run.number());
    }
  }

  @Test
  void stillCountsWhenTheKeyOfTheVaultMoves() {
    try (LocalStore store = open()) {
      Run run = accepted(store, RowState.JOINED);
      store.vault().moveTo(KeyPlace.PASSPHRASE, Optional.of("a long passphrase".toCharArray()));

      assertThat(knownRun(store, CODE)).contains(run.number());
    }
  }

  @Test
  void keepsNobodyFromAPlaceThatEndsWithTheProgram() {
    try (LocalStore store = open()) {
      Run ignored = accepted(store, RowState.JOINED);
      store.vault().moveTo(KeyPlace.UNTIL_CLOSED, Optional.empty());

      assertThat(store.vault().kind()).isEqualTo(KeyPlace.UNTIL_CLOSED);
      assertThat(knownRun(store, CODE)).isEmpty();
    }
  }

  @Test
  void beginsAnewWhenTheKeyOfTheVaultWasLost() throws Exception {
    try (LocalStore store = Sample.open(folder)) {
      Run ignored = accepted(store, RowState.JOINED);
    }
    Files.delete(folder.resolve("vault.key"));
    try (LocalStore store = Sample.open(folder)) {
      assertThat(knownRun(store, CODE)).isEmpty();
      Run again = accepted(store, RowState.JOINED);
      assertThat(knownRun(store, CODE)).contains(again.number());
    }
  }

  /// A store whose key can be moved.
  private LocalStore open() {
    Keychain none =
        new Keychain() {
          @Override
          public String name() {
            return "none";
          }

          @Override
          public Optional<byte[]> find(String id) {
            throw new StoreException("There is no keychain here.");
          }

          @Override
          public void keep(String id, byte[] key) {
            throw new StoreException("There is no keychain here.");
          }

          @Override
          public void forget(String id) {
            throw new StoreException("There is no keychain here.");
          }
        };
    return LocalStore.open(folder, main -> KeyPlaces.recorded(main, folder, none), () -> NOW);
  }
}

package dev.guestlist.service;

import static dev.guestlist.testing.PracticeWorld.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guestlist.app.PracticeSignIn;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.KeyPlace;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Ticket;
import dev.guestlist.store.LocalStore;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A vault whose key is worked out from a passphrase: after each start nothing can be sealed or
/// opened until somebody has typed it in.
@Execution(ExecutionMode.CONCURRENT)
class LockedVaultTest {
  private static final String PASSPHRASE = "correct horse battery";

  @TempDir private Path folder;
  private PracticeWorld world;
  private OrganizationId contoso;
  private LocalStore store;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    world = PracticeWorld.in(folder);
    contoso = world.organization("Contoso");
    world.closeProgram();
    open();
    store.vault().moveTo(KeyPlace.PASSPHRASE, Optional.of(PASSPHRASE.toCharArray()));
  }

  @AfterEach
  void close() {
    closeProgram();
    world.restartProgram();
    world.close();
  }

  @Test
  void noInvitationWithoutMailLeavesBeforeItsCodeCanBeSealed() throws Exception {
    workplace.session().workOffline();
    Run codes = workplace.runs().invite(contoso, world.people("Contoso", 1), false, "");
    restartLocked();
    workplace.runs().goOn(codes.number());
    assertThat(workplace.runs().canKeepCodes()).isFalse();
    assertThatThrownBy(
            () -> workplace.runs().invite(contoso, world.people("Contoso", 1), false, ""))
        .isInstanceOf(IllegalArgumentException.class);

    until(() -> workplace.worker().waitsForVault(now(codes)));
    Run mails =
        workplace.runs().invite(contoso, world.people("Contoso", 2).subList(1, 2), true, "");
    assertThat(settled(mails)).extracting(RunRow::state).containsOnly(RowState.INVITED);
    assertThat(workplace.worker().stoppedBy()).isEmpty();
    RunRow waits = workplace.runs().rows(codes.number()).getFirst();
    assertThat(waits.state()).isEqualTo(RowState.READY);
    assertThat(waits.attempts()).isZero();

    unlock();

    RunRow row = settled(codes).getFirst();
    assertThat(row.state()).isEqualTo(RowState.INVITED);
    assertThat(workplace.runs().code(row.id())).isPresent();
    assertThat(workplace.worker().waitsForVault(now(codes))).isFalse();
  }

  @Test
  void aKeptCodeWaitsAndIsAcceptedOnceTheVaultIsOpen() throws Exception {
    ConfirmationCode code = world.mailed("Contoso");
    workplace.session().workOffline();
    Run accept =
        workplace
            .runs()
            .accept(
                List.of(new Runs.ToAccept(code, Optional.empty(), Optional.empty())),
                Ticket.NONE,
                Duration.ZERO);
    restartLocked();

    until(() -> workplace.worker().waitsForVault(now(accept)));
    assertThat(workplace.worker().stoppedBy()).isEmpty();
    unlock();

    assertThat(settled(accept)).extracting(RunRow::state).containsOnly(RowState.JOINED);
  }

  private void restartLocked() throws Exception {
    closeProgram();
    open();
    assertThat(store.vault().locked()).isTrue();
    PracticeSignIn.signIn(workplace.session(), "pat", "practice-pat");
    workplace.organizations().switchTo(contoso);
  }

  private void unlock() {
    assertThat(new VaultKey(store).unlock(Optional.of(PASSPHRASE.toCharArray()))).isTrue();
  }

  private Run now(Run run) {
    return workplace.runs().find(run.number()).orElseThrow();
  }

  private List<RunRow> settled(Run run) {
    until(() -> now(run).done());
    return workplace.runs().rows(run.number());
  }

  private void open() {
    store = LocalStore.open(folder.resolve("data"), world.clock());
    workplace = Workplace.open(world.connection(), store, new Changes(), world.clock());
  }

  private void closeProgram() {
    workplace.close();
    store.close();
  }
}

package dev.guestlist.service;

import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.practice.PracticeControl.Effect;
import dev.guestlist.practice.PracticeControl.Request;
import dev.guestlist.testing.PracticeWorld;
import java.nio.file.Path;
import java.util.List;

/// What the tests of the run engine ask again and again, over a real practice server.
final class EngineWorld implements AutoCloseable {
  static final String INVITE = "/guests/invite";
  static final String DELETE = "/guests/invitations/";

  final PracticeWorld world;
  final OrganizationId contoso;

  private EngineWorld(PracticeWorld world) {
    this.world = world;
    this.contoso = world.organization("Contoso");
  }

  static EngineWorld in(Path folder) throws Exception {
    return new EngineWorld(PracticeWorld.signedIn(folder));
  }

  Runs runs() {
    return world.workplace().runs();
  }

  RunWorker worker() {
    return world.workplace().worker();
  }

  Run now(Run run) {
    return runs().find(run.number()).orElseThrow();
  }

  Run invite(boolean serverMails, List<Target.Person> people) {
    world.control().clearLog();
    return runs().invite(contoso, people, serverMails, "");
  }

  List<RunRow> settled(Run run) {
    return world.settled(run);
  }

  /// Invitations that were made here, and are listed by now with their ids.
  List<Runs.ToDelete> invited(int people) {
    Run run = invite(true, world.people("Contoso", people));
    settled(run);
    PracticeWorld.until(
        () -> runs().rows(run.number()).stream().allMatch(row -> row.invitation().isPresent()));
    List<Runs.ToDelete> made =
        runs().rows(run.number()).stream()
            .map(row -> new Runs.ToDelete(row.invitation().orElseThrow(), row.target().name()))
            .toList();
    world.control().clearLog();
    return made;
  }

  List<Effect> effects(Effect.Kind kind) {
    return world.control().log().effects().stream()
        .filter(effect -> effect.kind() == kind && effect.request() > 0)
        .toList();
  }

  List<Request> requests(String method, String pathPart) {
    return world.control().log().requests().stream()
        .filter(request -> request.method().equals(method) && request.path().contains(pathPart))
        .toList();
  }

  @Override
  public void close() {
    world.close();
  }
}

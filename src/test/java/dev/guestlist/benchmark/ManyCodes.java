package dev.guestlist.benchmark;

import dev.guestlist.kill.Inviting;
import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.OrganizationId;
import dev.guestlist.model.RowState;
import dev.guestlist.model.Run;
import dev.guestlist.model.RunRow;
import dev.guestlist.model.Target;
import dev.guestlist.model.Username;
import dev.guestlist.practice.PracticeServer;
import dev.guestlist.practice.StartLine;
import dev.guestlist.service.Workplace;
import dev.guestlist.testing.PracticeWorld;
import dev.guestlist.testing.TestScreen;
import dev.guestlist.ui.accept.AcceptRow;
import dev.guestlist.ui.accept.AcceptView;
import dev.guestlist.ui.accept.AcceptViewModel;
import dev.guestlist.ui.accept.CodeState;
import dev.guestlist.ui.kit.Background;
import dev.guestlist.ui.kit.ScreenContext;
import dev.guestlist.ui.kit.Texts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// A thousand codes pasted at once into the real screen: how long finding, checking and accepting
/// them takes beside the bare calls, and for how long the screen stood still at most.
///
/// Bare are the same calls by a plain HTTP client, with as many at once as the connection allows:
/// each code looked up, and then, one after the other, looked up and accepted. Who begins changes
/// from round to round, and each round has codes of its own.
final class ManyCodes {
  private static final int CODES = 1_000;
  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PracticeServer server;
  private final Workplace workplace;
  private final HttpClient client;
  private final TestScreen window = new TestScreen();
  private final Heartbeat heartbeat = new Heartbeat();
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());

  /// Milliseconds for looking all codes up, and for accepting them.
  private record Times(double looking, double accepting) {}

  /// Codes, and the people behind them.
  private record Invited(List<String> people, List<ConfirmationCode> codes) {}

  ManyCodes(PracticeServer server, Workplace workplace, HttpClient client) {
    this.server = server;
    this.workplace = workplace;
    this.client = client;
  }

  /// Prints the medians.
  ///
  /// @param forUs the organization that the pasted codes lead into
  /// @param forBare the one of the codes that are accepted by bare calls
  /// @param token lets bare calls look codes up
  /// @return for how many milliseconds the screen stood still at most
  double measure(String forUs, String forBare, String token) throws Exception {
    AcceptViewModel model = show();
    try {
      return measure(model, forUs, forBare, token);
    } finally {
      onScreen(() -> {
        model.close();
        return true;
      });
    }
  }

  private double measure(AcceptViewModel model, String forUs, String forBare, String token)
      throws Exception {
    List<Times> ours = new ArrayList<>();
    List<Times> bare = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Invited ourPeople = invite(forUs);
      Invited others = invite(forBare);
      if (round == 0) {
        warmUp(model, others.codes().getFirst());
      }
      boolean weBegin = round % 2 == 0;
      if (weBegin) {
        ours.add(pasted(model, ourPeople.codes()));
      }
      bare.add(bare(others.codes(), token));
      if (!weBegin) {
        ours.add(pasted(model, ourPeople.codes()));
      }
      ourPeople.people().forEach(person -> server.control().removeMember(forUs, person));
      others.people().forEach(person -> server.control().removeMember(forBare, person));
    }
    System.out.printf("%-52s %12s %12s %8s%n", "median of " + ROUNDS, "Guestlist", "bare", "ratio");
    print("check " + CODES + " pasted codes / the bare looks", ours, bare, Times::looking);
    print("accept " + CODES + " codes / the bare looks and accepts", ours, bare, Times::accepting);
    System.out.printf(
        "%-52s %9.1f ms%n", "longest stop of the screen meanwhile", heartbeat.longest);
    return heartbeat.longest;
  }

  private static void print(
      String what, List<Times> ours, List<Times> bare, ToDoubleFunction<Times> of) {
    double a = median(ours, of);
    double b = median(bare, of);
    System.out.printf("%-52s %9.1f ms %9.1f ms %8.2f%n", what, a, b, a / b);
  }

  private static double median(List<Times> times, ToDoubleFunction<Times> of) {
    return times.stream().mapToDouble(of).sorted().toArray()[times.size() / 2];
  }

  /// Until the screen has painted often enough that starting up is not what is measured.
  private void warmUp(AcceptViewModel model, ConfirmationCode code) throws Exception {
    onScreen(() -> {
      heartbeat.start();
      model.checkBeside(code.reveal());
      return true;
    });
    until(
        "the first pictures",
        model,
        () -> all(model, 1, CodeState.READY) && heartbeat.pictures > 30);
  }

  private Times pasted(AcceptViewModel model, List<ConfirmationCode> codes) throws Exception {
    String mail =
        codes.stream()
            .map(code -> "Hello, my code is " + code.reveal() + "\n")
            .collect(Collectors.joining());
    onScreen(() -> {
      model.clear();
      heartbeat.watch(true);
      return true;
    });
    double looking =
        time(() -> {
          onScreen(() -> {
            model.checkBeside(mail);
            return true;
          });
          until("looking up", model, () -> all(model, CODES, CodeState.READY));
          return true;
        });
    double accepting =
        time(() -> {
          onScreen(() -> {
            model.accept();
            return true;
          });
          until("accepting", model, () -> all(model, CODES, CodeState.JOINED));
          return true;
        });
    onScreen(() -> {
      heartbeat.watch(false);
      return true;
    });
    return new Times(looking, accepting);
  }

  private Times bare(List<ConfirmationCode> codes, String token) throws Exception {
    return new Times(time(() -> looks(codes, token)), time(() -> accepts(codes, token)));
  }

  private AcceptViewModel show() throws Exception {
    Background background =
        new Background(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()),
            Platform::runLater,
            thrown -> failure.set(Optional.of(thrown)));
    window.put("accept.countdown", "0");
    ScreenContext context =
        new ScreenContext(
            workplace, background, window, window, Texts.english(), InstantSource.system(), window);
    return onScreen(() -> {
      AcceptViewModel model =
          new AcceptViewModel(
              context, new AcceptViewModel.Ways((organization, screen) -> {}, () -> {}));
      Stage stage = new Stage();
      stage.setScene(new Scene(new AcceptView(model, Texts.english()).root(), 1366, 768));
      stage.show();
      return model;
    });
  }

  private static boolean all(AcceptViewModel model, int count, CodeState state) {
    return model.rows().size() == count
        && model.rows().stream().allMatch(row -> row.state() == state);
  }

  /// People who are invited now, without the server's mail.
  private Invited invite(String organization) throws Exception {
    StartLine.Place place =
        server.startLine().organizations().stream()
            .filter(one -> one.name().equals(organization))
            .findFirst()
            .orElseThrow();
    OrganizationId id = new OrganizationId(place.id());
    workplace.organizations().switchTo(id);
    List<Target.Person> people =
        Inviting.manyPeople(server, place, CODES + CODES / 4).stream()
            .map(name -> new Target.Person(Username.parse(name), List.of(), List.of()))
            .toList();
    Run run = workplace.runs().invite(id, people, false, "");
    PracticeWorld.until(() -> workplace.runs().find(run.number()).orElseThrow().done(), PATIENCE);
    List<RunRow> invited =
        workplace.runs().rows(run.number()).stream()
            .filter(row -> row.state() == RowState.INVITED)
            .limit(CODES)
            .toList();
    if (invited.size() != CODES) {
      throw new IllegalStateException("Only " + invited.size() + " codes");
    }
    return new Invited(
        invited.stream().map(row -> row.target().name()).toList(),
        invited.stream().map(row -> workplace.runs().code(row.id()).orElseThrow()).toList());
  }

  private int looks(List<ConfirmationCode> codes, String token) throws Exception {
    int atOnce = workplace.session().connection().requestsAtOnce();
    try (ExecutorService places = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (ConfirmationCode code : codes) {
        all.add(places.submit(() -> call("introspect", code, token)));
      }
      int sum = 0;
      for (Future<Integer> one : all) {
        sum += one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      return sum;
    }
  }

  private int accepts(List<ConfirmationCode> codes, String token) throws Exception {
    int sum = 0;
    for (ConfirmationCode code : codes) {
      sum += call("introspect", code, token);
      sum += call("accept", code, token);
    }
    return sum;
  }

  private int call(String what, ConfirmationCode code, String token)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        server.baseUrl()
                            + "/t/"
                            + server.startLine().rootOrganization()
                            + "/o/api/server/v1/guests/invitation/"
                            + what))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"confirmationCode\":\"" + code.reveal() + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(what + " was answered with " + answer.statusCode());
    }
    return answer.body().length();
  }

  private static double time(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  /// Waits until the screen shows something; ends when that takes too long or something fails.
  private void until(String what, AcceptViewModel model, BooleanSupplier shown) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!onScreen(shown::getAsBoolean)) {
      if (failure.get().isPresent()) {
        throw new IllegalStateException(what + " failed", failure.get().get());
      }
      if (System.nanoTime() > end) {
        Map<CodeState, Long> states =
            onScreen(() ->
                model.rows().stream()
                    .collect(Collectors.groupingBy(AcceptRow::state, Collectors.counting())));
        throw new IllegalStateException(
            what + " took more than " + PATIENCE.toMinutes() + " min: " + states);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static <T> T onScreen(Callable<T> work) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        answer.complete(work.call());
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    });
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// The longest time between two pictures of the screen, while it is watched.
  private static final class Heartbeat extends AnimationTimer {
    private boolean watched;
    private long last;
    private double longest;
    private int pictures;

    void watch(boolean now) {
      watched = now;
      last = 0;
    }

    @Override
    public void handle(long now) {
      long real = System.nanoTime();
      if (watched && last > 0) {
        longest = Math.max(longest, (real - last) / 1e6);
      }
      last = real;
      pictures++;
    }
  }
}

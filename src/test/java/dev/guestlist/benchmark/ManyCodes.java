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
import dev.guestlist.testing.TestScreen;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// A thousand codes pasted at once into the real screen: how long finding, checking and accepting
/// them takes beside the bare calls, and for how long the screen stood still at most.
///
/// Bare are the same calls by a plain HTTP client, with as many at once as the connection allows:
/// each code looked up, and then, one after the other, looked up and accepted.
final class ManyCodes {
  private static final int CODES = 1_000;

  private final PracticeServer server;
  private final Workplace workplace;
  private final HttpClient client;
  private final TestScreen window = new TestScreen();
  private final Heartbeat heartbeat = new Heartbeat();

  ManyCodes(PracticeServer server, Workplace workplace, HttpClient client) {
    this.server = server;
    this.workplace = workplace;
    this.client = client;
  }

  void measure(OrganizationId forUs, OrganizationId forBare, String token) throws Exception {
    List<ConfirmationCode> bare = codes(forBare);
    double looking = time(() -> looks(bare, token));
    double accepting = time(() -> accepts(bare, token));
    String pasted =
        codes(forUs).stream()
            .map(code -> "Hello, my code is " + code.reveal() + "\n")
            .collect(Collectors.joining());
    AcceptViewModel model = show();
    onScreen(() -> {
      heartbeat.start();
      model.checkBeside(bare.getFirst().reveal());
      return true;
    });
    while (onScreen(() -> model.rows().isEmpty() || heartbeat.pictures < 30)) {
      LockSupport.parkNanos(20_000_000);
    }
    onScreen(() -> {
      model.clear();
      heartbeat.longest = 0;
      return true;
    });
    double checked =
        time(
            () -> {
              model.checkBeside(pasted);
              return true;
            },
            () -> model.rows().size() == CODES && all(model, CodeState.READY));
    double accepted =
        time(
            () -> {
              model.accept();
              return true;
            },
            () -> all(model, CodeState.JOINED));
    print("check " + CODES + " pasted codes / the bare looks", checked, looking);
    print("accept " + CODES + " codes / the bare looks and accepts", accepted, accepting);
    System.out.printf(
        "%-52s %9.1f ms%n", "longest stop of the screen meanwhile", heartbeat.longest);
  }

  private static void print(String what, double ours, double bare) {
    System.out.printf("%-52s %9.1f ms %9.1f ms %8.2f%n", what, ours, bare, ours / bare);
  }

  private AcceptViewModel show() throws Exception {
    Background background =
        new Background(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()),
            Platform::runLater,
            failure -> {
              throw new AssertionError(failure);
            });
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

  private static boolean all(AcceptViewModel model, CodeState state) {
    return model.rows().stream().allMatch(row -> row.state() == state);
  }

  /// Codes of people who were just invited without the server's mail.
  private List<ConfirmationCode> codes(OrganizationId organization) throws Exception {
    workplace.organizations().switchTo(organization);
    StartLine.Place place =
        server.startLine().organizations().stream()
            .filter(one -> one.id().equals(organization.value()))
            .findFirst()
            .orElseThrow();
    List<Target.Person> people =
        Inviting.manyPeople(server, place, CODES + CODES / 4).stream()
            .map(name -> new Target.Person(Username.parse(name), List.of(), List.of()))
            .toList();
    Run run = workplace.runs().invite(organization, people, false, "");
    while (!workplace.runs().find(run.number()).orElseThrow().done()) {
      LockSupport.parkNanos(50_000_000);
    }
    List<ConfirmationCode> codes = new ArrayList<>();
    for (RunRow row : workplace.runs().rows(run.number())) {
      if (row.state() == RowState.INVITED && codes.size() < CODES) {
        codes.add(workplace.runs().code(row.id()).orElseThrow());
      }
    }
    if (codes.size() != CODES) {
      throw new IllegalStateException("Only " + codes.size() + " codes");
    }
    return codes;
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
        sum += one.get();
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

  private static double time(Callable<Boolean> begin, BooleanSupplier done) throws Exception {
    return time(() -> {
      onScreen(begin);
      while (!onScreen(done::getAsBoolean)) {
        LockSupport.parkNanos(20_000_000);
      }
      return true;
    });
  }

  private static <T> T onScreen(Callable<T> work) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        answer.complete(work.call());
      } catch (Exception e) {
        answer.completeExceptionally(e);
      }
    });
    return answer.get();
  }

  /// The longest time between two pictures of the screen.
  private static final class Heartbeat extends AnimationTimer {
    private long last;
    private double longest;
    private int pictures;

    @Override
    public void handle(long now) {
      long real = System.nanoTime();
      if (last > 0) {
        longest = Math.max(longest, (real - last) / 1e6);
      }
      last = real;
      pictures++;
    }
  }
}

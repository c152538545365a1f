package dev.guestlist.server;

import dev.guestlist.model.Problem;
import dev.guestlist.model.ProblemException;
import dev.guestlist.model.Reason;
import java.io.IOException;

/// Reads answers that are not what was hoped for. The status is looked at first; the body counts
/// only where its content type says JSON, because frameworks and proxies answer with nothing or
/// with web pages.
final class BadAnswer {
  private final Call call;
  private final Answer answer;
  private final ErrorJson error;
  private final String text;

  private BadAnswer(Call call, Answer answer) throws IOException {
    this.call = call;
    this.answer = answer;
    this.error = read(answer).without(call.secrets());
    this.text = error.text();
  }

  static Problem problem(Call call, Answer answer) throws IOException {
    return new BadAnswer(call, answer).problem();
  }

  private static ErrorJson read(Answer answer) throws IOException {
    if (!answer.isJson()) {
      return ErrorJson.NOTHING;
    }
    try {
      return Json.tryRead(answer.bytes(), ErrorJson.class).orElse(ErrorJson.NOTHING);
    } catch (ProblemException tooLarge) {
      return ErrorJson.NOTHING;
    }
  }

  private Problem problem() {
    int status = answer.status();
    if (status < 400) {
      return redirect();
    }
    if (status == 429 || (status == 503 && asksForPatience())) {
      return new Problem.Busy(
          status == 429 ? Problem.Busy.Cause.TOO_MANY : Problem.Busy.Cause.OVERLOADED,
          answer.retryAfter());
    }
    Reason reason = Reasons.of(call.endpoint(), error.ruleOrError(), text);
    if (status >= 500) {
      // by its words a refused switch is known behind any status
      return call.endpoint() == Endpoint.SWITCH && reason != Reason.OTHER
          ? rejected(reason)
          : fault();
    }
    if (answer.isWebPage()) {
      return answer.unreadable("a web page (" + status + ")").problem();
    }
    if (status == 403 && !call.endpoint().scope().isEmpty() && !error.namesRule()) {
      return new Problem.NotAllowed(call.endpoint().scope());
    }
    if (call.endpoint() == Endpoint.INVITE && error.code().equals("OUI-60003")) {
      // found in the middle of the names: earlier ones may be invited, as after a 500
      return fault();
    }
    return rejected(reason);
  }

  /// Only the server itself is believed that it did nothing; of something in front of it that asks
  /// for a pause, a read may be.
  private boolean asksForPatience() {
    return error.fromTheServer() || (call.endpoint().reads() && answer.retryAfter().isPresent());
  }

  /// A redirect is never followed: the token would go to whatever stands there.
  private Problem redirect() {
    String target = answer.redirectHost().map(host -> "points to " + host).orElse("points nowhere");
    return answer.unreadable("a redirect that " + target).problem();
  }

  private Problem fault() {
    return new Problem.ServerFault(answer.status(), error.anyCode(), trace());
  }

  private Problem rejected(Reason reason) {
    String code = error.anyCode().isEmpty() ? String.valueOf(answer.status()) : error.anyCode();
    return new Problem.Rejected(reason, code, text, trace());
  }

  private String trace() {
    return error.traceId().isBlank() ? answer.trace() : error.traceId();
  }
}

package dev.guestlist.cli;

import dev.guestlist.model.Problem;
import dev.guestlist.model.Reason;

/// How a command ended, as scripts read it.
enum Exit {
  ALL_DONE(0),
  SOME_REFUSED(1),
  NOTHING_DONE(2),
  IN_DOUBT(3),
  NOT_SIGNED_IN(4),
  RIGHT_MISSING(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  private static Exit of(Reason reason) {
    boolean signIn =
        reason == Reason.SIGN_IN_REFUSED
            || reason == Reason.SIGN_IN_UNANSWERED
            || reason == Reason.DEVICE_CODE_ENDED
            || reason == Reason.TOKEN_REFUSED;
    return signIn ? NOT_SIGNED_IN : NOTHING_DONE;
  }

  /// What a problem means for a command that changed nothing.
  static Exit of(Problem problem) {
    return switch (problem) {
      case Problem.SignedOut ignored -> NOT_SIGNED_IN;
      case Problem.NotAllowed ignored -> RIGHT_MISSING;
      case Problem.Unreachable ignored -> NOTHING_DONE;
      case Problem.Untrusted ignored -> NOTHING_DONE;
      case Problem.Rejected rejected -> of(rejected.reason());
      case Problem.Busy ignored -> NOTHING_DONE;
      case Problem.ServerFault ignored -> NOTHING_DONE;
      case Problem.Unreadable ignored -> NOTHING_DONE;
    };
  }
}

package dev.guestlist.model;

/// Carries a [Problem] to the place that can answer it. Its text names the kind, never a secret.
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.getClass().getSimpleName());
    this.problem = problem;
  }

  public ProblemException(Problem problem, Throwable cause) {
    super(problem.getClass().getSimpleName(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}

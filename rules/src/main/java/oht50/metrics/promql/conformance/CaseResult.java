package oht50.metrics.promql.conformance;

/**
 * What became of one eval.
 *
 * @param line of the eval, counted from 1
 * @param reason of a failure or of leaving it out, one line; empty otherwise
 */
public record CaseResult(int line, Outcome outcome, String reason) {
  /** How an eval ends. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** What it needs is not part of this language. */
    SKIPPED
  }

  static CaseResult passed(int line) {
    return new CaseResult(line, Outcome.PASSED, "");
  }

  static CaseResult failed(int line, String reason) {
    return new CaseResult(line, Outcome.FAILED, reason);
  }

  static CaseResult skipped(int line, String reason) {
    return new CaseResult(line, Outcome.SKIPPED, reason);
  }
}

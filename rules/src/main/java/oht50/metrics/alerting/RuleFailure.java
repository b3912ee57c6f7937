package oht50.metrics.alerting;

/** A rule has no result at a tick. The words are those of Prometheus, by which people look. */
public final class RuleFailure extends Exception {
  private static final long serialVersionUID = 1L;

  RuleFailure(String message) {
    super(message);
  }

  /** Why a series takes no sample. */
  public static RuleFailure of(String message) {
    return new RuleFailure(message);
  }

  RuleFailure(Exception cause) {
    super(cause.getMessage(), cause);
  }
}

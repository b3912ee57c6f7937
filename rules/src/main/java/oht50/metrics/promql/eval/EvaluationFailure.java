package oht50.metrics.promql.eval;

/**
 * An expression has no value for these data, as when series of both sides match in more than one
 * way. The words are those of Prometheus, by which people look for them.
 */
public class EvaluationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvaluationFailure(String message) {
    super(message);
  }

  static EvaluationFailure sameLabels() {
    return new EvaluationFailure("vector cannot contain metrics with the same labelset");
  }

  /** The result of a rule or a query of a template is neither a vector nor a scalar. */
  public static EvaluationFailure noSamples() {
    return new EvaluationFailure("rule result is not a vector or scalar");
  }
}

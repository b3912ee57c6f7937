package oht50.metrics.promql.eval;

import java.io.Serializable;

/**
 * What a server may be configured to.
 *
 * @param lookbackMillis how long a sample is the newest of its series, if none follows
 * @param subqueryStepMillis of subqueries that say none
 * @param dropsNamesLast whether metric names that functions take away stay until the end of the
 *     evaluation (Prometheus' feature {@code promql-delayed-name-removal}); off by default there
 */
public record EvaluationOptions(
    long lookbackMillis, long subqueryStepMillis, boolean dropsNamesLast) implements Serializable {
  /** Prometheus' defaults: 5 minutes, and 1 minute as its interval of evaluation. */
  public static final EvaluationOptions DEFAULT = new EvaluationOptions(300_000, 60_000, false);
}

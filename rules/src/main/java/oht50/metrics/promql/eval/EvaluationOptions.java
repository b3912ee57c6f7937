package oht50.metrics.promql.eval;

import java.io.Serializable;

/**
 * What a server may be configured to.
 *
 * @param lookbackMillis how long a sample is the newest of its series, if none follows
 * @param subqueryStepMillis of subqueries that say none
 * @param dropsNamesLast whether metric names that functions take away stay until the end of the
 *     evaluation (Prometheus' feature {@code promql-delayed-name-removal}); off by default there
 * @param expiryMillis how long the total of a counted series stands after it grew last
 */
public record EvaluationOptions(
    long lookbackMillis, long subqueryStepMillis, boolean dropsNamesLast, long expiryMillis)
    implements Serializable {
  private static final long DAY_MILLIS = 86_400_000;

  /** Prometheus' defaults: 5 minutes, and 1 minute as its interval of evaluation. */
  public static final EvaluationOptions DEFAULT = new EvaluationOptions(300_000, 60_000, false);

  /** With totals that stand for a day. */
  public EvaluationOptions(long lookbackMillis, long subqueryStepMillis, boolean dropsNamesLast) {
    this(lookbackMillis, subqueryStepMillis, dropsNamesLast, DAY_MILLIS);
  }
}

package oht50.metrics.ruleeval;

import java.io.Serializable;
import java.time.Duration;
import oht50.metrics.alerting.Installation;
import oht50.metrics.promql.eval.EvaluationOptions;

/**
 * How an installation evaluates its rules.
 *
 * @param defaultInterval of groups that say none
 * @param horizon for how long what was said of a tick may be corrected
 * @param maxLookback how far back of its tick a rule may look: so long its points are kept
 */
public record RuleSettings(
    Installation installation,
    EvaluationOptions options,
    Duration defaultInterval,
    Duration horizon,
    Duration maxLookback)
    implements Serializable {
  /** Prometheus' default. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  public static final Duration DEFAULT_MAX_LOOKBACK = Duration.ofHours(6);
}

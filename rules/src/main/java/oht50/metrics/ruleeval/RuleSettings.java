package oht50.metrics.ruleeval;

import java.io.Serializable;
import java.time.Duration;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;

/**
 * How an installation evaluates its rules.
 *
 * @param defaultInterval of groups that say none
 * @param horizon for how long what was said of a tick may be corrected
 * @param maxLookback how far back of its tick a rule may look: so long its points are kept
 * @param sources names of what samples come from, for what is said of alerts
 */
public record RuleSettings(
    Installation installation,
    EvaluationOptions options,
    Duration defaultInterval,
    Duration horizon,
    Duration maxLookback,
    SourceNames sources)
    implements Serializable {
  /** Prometheus' default. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  public static final Duration DEFAULT_MAX_LOOKBACK = Duration.ofHours(6);
}

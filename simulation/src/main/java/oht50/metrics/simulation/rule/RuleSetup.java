package oht50.metrics.simulation.rule;

import java.time.Duration;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleeval.RuleSettings;

/** How rules are evaluated in all scenarios; short times, so that a life is short. */
final class RuleSetup {
  static final long MINUTE = 60_000;
  static final long BEGIN = 1_795_546_200_000L;
  static final long LENGTH = 20 * MINUTE;
  static final long END = BEGIN + LENGTH + 4 * MINUTE;
  static final long HORIZON = 10 * MINUTE;
  static final long INTERVAL = 15_000;
  static final EvaluationOptions OPTIONS = new EvaluationOptions(120_000, 60_000, false);
  static final RuleSettings SETTINGS =
      new RuleSettings(
          Installation.UNNAMED,
          OPTIONS,
          Duration.ofMillis(INTERVAL),
          Duration.ofMillis(HORIZON),
          RuleSettings.DEFAULT_MAX_LOOKBACK,
          SourceNames.NONE);

  private RuleSetup() {}
}

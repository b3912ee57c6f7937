package oht50.metrics.bench.rules;

import java.time.Duration;
import oht50.metrics.bench.Driven;

/** Our way to evaluate rules over what robots send, to be driven and measured. */
interface RuleEngine extends Driven, AutoCloseable {
  /** How far apart the ticks are, as Prometheus is told too. */
  Duration INTERVAL = Duration.ofSeconds(15);

  /** What came of the rules up to the last watermark. */
  FiredAlerts alerts();

  /** How much came out. */
  String summary();
}

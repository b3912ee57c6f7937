package oht50.metrics.bench.rules;

import oht50.metrics.model.SampleBatch;

/** Our way to evaluate rules over what robots send, to be driven and measured. */
interface RuleEngine extends AutoCloseable {
  void process(SampleBatch batch) throws Exception;

  void watermark(long time) throws Exception;

  /** What came of the rules up to the last watermark. */
  FiredAlerts alerts();

  /** How much came out. */
  String summary();
}

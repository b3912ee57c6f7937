package oht50.metrics.alerting;

import oht50.metrics.model.Labels;

/** Where the samples of rules go, so that rules behind them see them. */
public interface SampleSink {
  /**
   * @throws RuleFailure if the series takes no sample of this time
   */
  void append(Labels labels, long timeMillis, double value) throws RuleFailure;
}

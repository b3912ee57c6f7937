package oht50.metrics.bench;

import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Rollup;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Gives an operator an output that counts: the harness' own keeps and copies every row. */
final class CountedOperator extends SimpleOperatorFactory<Rollup> {
  private static final long serialVersionUID = 1L;

  private final transient CountingOutput output;

  CountedOperator(SeriesOperator operator, CountingOutput output) {
    super(operator);
    this.output = output;
  }

  @Override
  public <T extends StreamOperator<Rollup>> T createStreamOperator(
      StreamOperatorParameters<Rollup> parameters) {
    return super.createStreamOperator(
        new StreamOperatorParameters<>(
            parameters.getContainingTask(),
            parameters.getStreamConfig(),
            output,
            parameters::getProcessingTimeService,
            parameters.getOperatorEventDispatcher(),
            parameters.getMailboxExecutor()));
  }
}

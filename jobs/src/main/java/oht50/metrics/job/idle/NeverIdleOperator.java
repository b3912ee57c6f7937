package oht50.metrics.job.idle;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs a function whose results are never left out of what time it is.
 *
 * <p>Where all inputs of an operator are silent it says so, and whoever comes next no longer waits
 * for it. When they speak again, those behind may hear of the new time by a shorter way, take it
 * for the time of all, and find what this operator then says late, or beyond the horizon. This one
 * does not say that it is silent: time stands still behind it until it has come through.
 */
public final class NeverIdleOperator<K, I, O> extends KeyedProcessOperator<K, I, O> {
  private static final long serialVersionUID = 1L;

  public NeverIdleOperator(KeyedProcessFunction<K, I, O> function) {
    super(function);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // whoever comes next goes on waiting for it
  }
}

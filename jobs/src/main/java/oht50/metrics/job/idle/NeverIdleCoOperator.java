package oht50.metrics.job.idle;

import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** What {@link NeverIdleOperator} is, of two inputs; one that is silent is not waited for. */
public final class NeverIdleCoOperator<K, I, J, O> extends KeyedCoProcessOperator<K, I, J, O> {
  private static final long serialVersionUID = 1L;

  public NeverIdleCoOperator(KeyedCoProcessFunction<K, I, J, O> function) {
    super(function);
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (combinedWatermark.updateStatus(input, status.isIdle())) {
      processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
    }
  }
}

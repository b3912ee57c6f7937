package oht50.metrics.source;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * For a source whose records are results but no evidence that time has passed: it is idle from the
 * start and never emits a watermark, so this machine's clock neither drives nor holds up the fleet.
 */
public final class DrivesNoTime implements WatermarkStrategy<Decoded> {
  private static final long serialVersionUID = 1L;

  @Override
  public WatermarkGenerator<Decoded> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new IdleFromTheStart();
  }

  @Override
  public TimestampAssigner<Decoded> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return new EventTimes();
  }

  private static final class IdleFromTheStart implements WatermarkGenerator<Decoded> {
    private boolean idle;

    @Override
    public void onEvent(Decoded decoded, long eventTimestamp, WatermarkOutput output) {
      markIdleOnce(output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      markIdleOnce(output);
    }

    private void markIdleOnce(WatermarkOutput output) {
      if (!idle) {
        idle = true;
        output.markIdle();
      }
    }
  }
}

package oht50.metrics.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Writes down what a generator does. */
final class RecordingOutput implements WatermarkOutput {
  private final List<String> seen = new ArrayList<>();

  @Override
  public void emitWatermark(Watermark watermark) {
    seen.add(Long.toString(watermark.getTimestamp()));
  }

  @Override
  public void markIdle() {
    seen.add("idle");
  }

  @Override
  public void markActive() {
    seen.add("active");
  }

  /** What has been seen since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(seen);
    seen.clear();
    return taken;
  }
}

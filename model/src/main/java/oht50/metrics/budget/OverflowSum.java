package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Samples of a metric's series beyond its budget, summed up in the order in which they came; a
 * repeat counts again.
 *
 * @param window start of the window they are in
 */
public record OverflowSum(
    String metric, long window, long count, double sum, double min, double max) {
  /** No other series has a label that begins so: decoders refuse it. */
  public static final String LABEL = "__overflow__";

  /** One sample, in its minute. */
  public static OverflowSum of(String metric, long timestamp, double value) {
    long minute = Math.floorDiv(timestamp, Interval.MINUTE.millis()) * Interval.MINUTE.millis();
    return new OverflowSum(metric, minute, 1, value, value, value);
  }

  /** The series whose rows say what has overflowed of a metric. */
  public static Series series(String metric) {
    return Series.of(metric, Labels.of(LABEL, "true"), MetricKind.GAUGE);
  }

  /** This and what came after it, in the window of this. */
  public OverflowSum plus(OverflowSum later) {
    return new OverflowSum(
        metric,
        window,
        count + later.count,
        sum + later.sum,
        Math.min(min, later.min),
        Math.max(max, later.max));
  }

  public OverflowSum inWindow(long start) {
    return new OverflowSum(metric, start, count, sum, min, max);
  }

  public static final class BinaryForm implements Codec<OverflowSum> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(OverflowSum sum, DataOutput out) throws IOException {
      Primitives.writeText(sum.metric, out);
      out.writeLong(sum.window);
      out.writeLong(sum.count);
      Primitives.writeDouble(sum.sum, out);
      Primitives.writeDouble(sum.min, out);
      Primitives.writeDouble(sum.max, out);
    }

    @Override
    public OverflowSum read(int version, DataInput in) throws IOException {
      return new OverflowSum(
          Primitives.readText(in),
          in.readLong(),
          in.readLong(),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in));
    }
  }
}

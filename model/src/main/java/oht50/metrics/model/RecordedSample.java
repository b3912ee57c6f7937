package oht50.metrics.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What a recording rule says for a time, in the place of what it said for it before.
 *
 * @param timestamp ms
 * @param value a stale marker where there is no sample, or none any more
 */
public record RecordedSample(Series series, long timestamp, double value) {

  /** Name, labels, time, value. */
  public static final class BinaryForm implements Codec<RecordedSample> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RecordedSample sample, DataOutput out) throws IOException {
      Primitives.writeText(sample.series.name(), out);
      Primitives.writeLabels(sample.series.labels(), out);
      out.writeLong(sample.timestamp);
      Primitives.writeDouble(sample.value, out);
    }

    @Override
    public RecordedSample read(int version, DataInput in) throws IOException {
      Series series =
          Series.of(Primitives.readText(in), Primitives.readLabels(in), MetricKind.GAUGE);
      return new RecordedSample(series, in.readLong(), Primitives.readDouble(in));
    }
  }
}

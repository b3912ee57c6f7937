package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What a rule records at a time, in the place of what it recorded for it before.
 *
 * @param rule its id
 * @param labels with the metric's name
 * @param timestamp ms
 * @param value a stale marker where the series ends; meaningless if it is retracted
 * @param isRetracted whether there is no sample any more
 */
public record RecordedPoint(
    long rule, Labels labels, long timestamp, double value, boolean isRetracted, Cause cause) {

  /**
   * With what all rules say of the series at the time.
   *
   * @param said null for nothing
   */
  RecordedPoint told(Double said) {
    return new RecordedPoint(rule, labels, timestamp, said == null ? 0 : said, said == null, cause);
  }

  /** Fields in their order. */
  public static final class BinaryForm implements Codec<RecordedPoint> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RecordedPoint point, DataOutput out) throws IOException {
      out.writeLong(point.rule);
      Primitives.writeLabels(point.labels, out);
      out.writeLong(point.timestamp);
      Primitives.writeDouble(point.value, out);
      out.writeBoolean(point.isRetracted);
      out.writeByte(point.cause.code());
    }

    @Override
    public RecordedPoint read(int version, DataInput in) throws IOException {
      return new RecordedPoint(
          in.readLong(),
          Primitives.readLabels(in),
          in.readLong(),
          Primitives.readDouble(in),
          in.readBoolean(),
          Cause.ofCode(in.readByte()));
    }
  }
}

package oht50.metrics.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What a change of an alert rests on.
 *
 * @param ruleVersion of the rule set that said so; 0 for that of the configuration, and for a
 *     sequence
 * @param points the newest of the series and events that were looked at, at most {@link #MOST}
 */
public record Evidence(long ruleVersion, List<Point> points) {
  /** More would tell nobody anything. */
  public static final int MOST = 10;

  public static final Evidence NONE = new Evidence(0, List.of());

  public Evidence {
    points = List.copyOf(points);
  }

  /**
   * A sample or an event.
   *
   * @param subject the series in canonical form, or the id of the event
   * @param timestamp event time, ms
   * @param value of the sample; NaN of an event
   * @param source the topic, or what else it came from; empty of what the job itself says
   * @param partition of the topic
   * @param offset of the record
   */
  public record Point(
      String subject,
      boolean isEvent,
      long timestamp,
      double value,
      String source,
      int partition,
      long offset) {
    public static Point ofEvent(Event event) {
      Position position = event.position();
      return new Point(
          event.id(),
          true,
          event.timestamp(),
          Double.NaN,
          position.topic(),
          position.partition(),
          position.offset());
    }
  }

  /** Version, points. */
  public static final class BinaryForm implements Codec<Evidence> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Evidence evidence, DataOutput out) throws IOException {
      out.writeLong(evidence.ruleVersion);
      Primitives.writeCount(evidence.points.size(), out);
      for (Point point : evidence.points) {
        Primitives.writeText(point.subject, out);
        out.writeBoolean(point.isEvent);
        out.writeLong(point.timestamp);
        Primitives.writeDouble(point.value, out);
        Primitives.writeText(point.source, out);
        out.writeInt(point.partition);
        out.writeLong(point.offset);
      }
    }

    @Override
    public Evidence read(int version, DataInput in) throws IOException {
      long ruleVersion = in.readLong();
      Point[] points = new Point[Primitives.readCount(in)];
      for (int i = 0; i < points.length; i++) {
        points[i] =
            new Point(
                Primitives.readText(in),
                in.readBoolean(),
                in.readLong(),
                Primitives.readDouble(in),
                Primitives.readText(in),
                in.readInt(),
                in.readLong());
      }
      return new Evidence(ruleVersion, List.of(points));
    }
  }
}

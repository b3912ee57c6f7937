package oht50.metrics.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;

/**
 * Series, incarnation, span, what was said before, windows; then the points, deflated: a day of one
 * reading a second is 1.4 MB without. Each point is the step of time since the one before, and the
 * value's bits xor those before.
 */
public final class BackfillCodec implements Codec<Backfill> {
  private static final long serialVersionUID = 1L;

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Backfill backfill, DataOutput out) throws IOException {
    SeriesLayoutCodec.writeSeries(new Series[] {backfill.series()}, out);
    out.writeLong(backfill.incarnation());
    out.writeLong(backfill.from());
    out.writeLong(backfill.until());
    out.writeLong(backfill.saidTime());
    Primitives.writeDouble(backfill.saidValue(), out);
    Primitives.writeCount(backfill.windows().size(), out);
    for (RepairWindow window : backfill.windows()) {
      out.writeByte(window.interval().code());
      out.writeLong(window.windowStart());
      out.writeByte(window.cause().code());
      out.writeLong(window.frontier());
    }
    Primitives.writeCount(backfill.timestamps().length, out);
    byte[] points = deflated(backfill);
    Primitives.writeCount(points.length, out);
    out.write(points);
  }

  @Override
  public Backfill read(int version, DataInput in) throws IOException {
    Series series = SeriesLayoutCodec.readSeries(in)[0];
    long incarnation = in.readLong();
    long from = in.readLong();
    long until = in.readLong();
    long saidTime = in.readLong();
    double saidValue = Primitives.readDouble(in);
    List<RepairWindow> windows = new ArrayList<>();
    for (int left = Primitives.readCount(in); left > 0; left--) {
      windows.add(
          new RepairWindow(
              series.id(),
              Interval.ofCode(in.readByte()),
              in.readLong(),
              Cause.ofCode(in.readByte()),
              in.readLong()));
    }
    long[] timestamps = new long[Primitives.readCount(in)];
    double[] values = new double[timestamps.length];
    byte[] points = new byte[Primitives.readCount(in)];
    in.readFully(points);
    inflate(points, timestamps, values);
    return new Backfill(
        series, incarnation, from, until, saidTime, saidValue, timestamps, values, windows);
  }

  private static byte[] deflated(Backfill backfill) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      long time = 0;
      for (long timestamp : backfill.timestamps()) {
        out.writeLong(timestamp - time);
        time = timestamp;
      }
      long bits = 0;
      for (double value : backfill.values()) {
        long next = Double.doubleToRawLongBits(value);
        out.writeLong(next ^ bits);
        bits = next;
      }
    }
    return bytes.toByteArray();
  }

  private static void inflate(byte[] points, long[] timestamps, double[] values)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(points)))) {
      long bits = 0;
      long time = 0;
      for (int i = 0; i < timestamps.length; i++) {
        time += in.readLong();
        timestamps[i] = time;
      }
      for (int i = 0; i < values.length; i++) {
        bits ^= in.readLong();
        values[i] = Double.longBitsToDouble(bits);
      }
    }
  }
}

package oht50.metrics.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Form: hash (8 bytes), length in bytes (4), then the series: count, and for each kind code (1
 * byte), name and labels. A reader that has seen the hash skips the rest, so the text of a fleet's
 * series is decoded once per reader and not once per message.
 */
public final class SeriesLayoutCodec implements Codec<SeriesLayout> {
  private static final long serialVersionUID = 1L;

  /** Layouts remembered by one reader; beyond it the memory is emptied and filled anew. */
  private static final int REMEMBERED = 8_192;

  // layout hash -> layout
  private transient Map<Long, SeriesLayout> known;

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Codec<SeriesLayout> duplicate() {
    return new SeriesLayoutCodec();
  }

  @Override
  public void write(SeriesLayout layout, DataOutput out) throws IOException {
    out.writeLong(layout.hash());
    out.writeInt(layout.encoded().length);
    out.write(layout.encoded());
  }

  @Override
  public SeriesLayout read(int version, DataInput in) throws IOException {
    long hash = in.readLong();
    int length = in.readInt();
    if (known == null) {
      known = new HashMap<>();
    }
    SeriesLayout layout = known.get(hash);
    if (layout != null && layout.encoded().length == length) {
      skipFully(in, length);
      return layout;
    }
    byte[] encoded = new byte[length];
    in.readFully(encoded);
    layout = SeriesLayout.of(readSeries(new DataInputStream(new ByteArrayInputStream(encoded))));
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(hash, layout);
    return layout;
  }

  public static void writeSeries(Series[] series, DataOutput out) throws IOException {
    Primitives.writeCount(series.length, out);
    for (Series each : series) {
      out.writeByte(each.kind().code());
      Primitives.writeText(each.name(), out);
      Primitives.writeLabels(each.labels(), out);
    }
  }

  public static Series[] readSeries(DataInput in) throws IOException {
    Series[] series = new Series[Primitives.readCount(in)];
    for (int i = 0; i < series.length; i++) {
      MetricKind kind = MetricKind.ofCode(in.readByte());
      String name = Primitives.readText(in);
      series[i] = Series.of(name, Primitives.readLabels(in), kind);
    }
    return series;
  }

  private static void skipFully(DataInput in, int length) throws IOException {
    int rest = length;
    while (rest > 0) {
      int skipped = in.skipBytes(rest);
      if (skipped <= 0) {
        throw new IOException("a layout ends " + rest + " bytes too early");
      }
      rest -= skipped;
    }
  }
}

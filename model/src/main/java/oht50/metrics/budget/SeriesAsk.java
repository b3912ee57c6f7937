package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Series;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A series asks for a place in the budget of its metric, or to keep the one it has.
 *
 * @param key of the series' samples
 * @param askedAt the watermark where its samples came from
 */
public record SeriesAsk(String metric, long seriesId, long key, long askedAt) {
  public static SeriesAsk of(Series series, long watermark) {
    return new SeriesAsk(series.name(), series.id(), series.key(), watermark);
  }

  public SeriesVerdict answered(boolean isAdmitted) {
    return new SeriesVerdict(key, seriesId, isAdmitted, askedAt);
  }

  public static final class BinaryForm implements Codec<SeriesAsk> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SeriesAsk ask, DataOutput out) throws IOException {
      Primitives.writeText(ask.metric, out);
      out.writeLong(ask.seriesId);
      out.writeLong(ask.key);
      out.writeLong(ask.askedAt);
    }

    @Override
    public SeriesAsk read(int version, DataInput in) throws IOException {
      return new SeriesAsk(Primitives.readText(in), in.readLong(), in.readLong(), in.readLong());
    }
  }
}

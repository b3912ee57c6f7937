package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.Series;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;
import oht50.metrics.wire.SeriesLayoutCodec;

/**
 * The series of a key that come with its robot's telemetry, as the catalog was told of them, so
 * that it can be told again when the registry expects them more often or less. A table of series
 * knows them by their ids only. Immutable.
 */
public final class TelemetryCatalog {
  private static final TelemetryCatalog EMPTY = new TelemetryCatalog(new Series[0], new long[0]);

  private final Series[] series;
  private final long[] firstTimestamps; // of each, ms

  private TelemetryCatalog(Series[] series, long[] firstTimestamps) {
    this.series = series;
    this.firstTimestamps = firstTimestamps;
  }

  /**
   * @param catalog of the key's store, or null
   */
  static TelemetryCatalog of(TelemetryCatalog catalog) {
    return catalog == null ? EMPTY : catalog;
  }

  int size() {
    return series.length;
  }

  Series series(int i) {
    return series[i];
  }

  long firstTimestamp(int i) {
    return firstTimestamps[i];
  }

  TelemetryCatalog with(Series admitted, long firstTimestamp) {
    int size = series.length;
    Series[] more = Arrays.copyOf(series, size + 1);
    long[] moreTimestamps = Arrays.copyOf(firstTimestamps, size + 1);
    more[size] = admitted;
    moreTimestamps[size] = firstTimestamp;
    return new TelemetryCatalog(more, moreTimestamps);
  }

  /** The same object if the series is not in it. */
  TelemetryCatalog without(long id) {
    for (int i = 0; i < series.length; i++) {
      if (series[i].id() == id) {
        int last = series.length - 1;
        Series[] left = Arrays.copyOf(series, last);
        long[] leftTimestamps = Arrays.copyOf(firstTimestamps, last);
        if (i < last) {
          left[i] = series[last];
          leftTimestamps[i] = firstTimestamps[last];
        }
        return new TelemetryCatalog(left, leftTimestamps);
      }
    }
    return this;
  }

  /** Series, first timestamps. */
  public static final class BinaryForm implements Codec<TelemetryCatalog> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(TelemetryCatalog catalog, DataOutput out) throws IOException {
      SeriesLayoutCodec.writeSeries(catalog.series, out);
      Primitives.writeLongs(catalog.firstTimestamps, out);
    }

    @Override
    public TelemetryCatalog read(int version, DataInput in) throws IOException {
      Series[] series = SeriesLayoutCodec.readSeries(in);
      return new TelemetryCatalog(series, Primitives.readLongs(in));
    }
  }
}

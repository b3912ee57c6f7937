package oht50.metrics.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import oht50.metrics.wire.SeriesLayoutCodec;

/**
 * The series of a batch, in the order of its values. A source reuses one layout for all messages of
 * the same shape, so that its text is encoded once and, on the other side of a shuffle, decoded
 * once.
 */
public final class SeriesLayout {
  private final Series[] series;
  private final byte[] encoded;
  private final long hash;

  private SeriesLayout(Series[] series) {
    this.series = series;
    this.encoded = encode(series);
    this.hash = Hash64.id(encoded);
  }

  /**
   * @throws IllegalArgumentException if empty, or if the series are not all of one key
   */
  public static SeriesLayout of(List<Series> series) {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a layout needs a series");
    }
    long key = series.get(0).key();
    for (Series each : series) {
      if (each.key() != key) {
        throw new IllegalArgumentException(each + " is not of the key of " + series.get(0));
      }
    }
    return new SeriesLayout(series.toArray(new Series[0]));
  }

  public static SeriesLayout of(Series... series) {
    return of(List.of(series));
  }

  public int size() {
    return series.length;
  }

  public Series series(int i) {
    return series[i];
  }

  public long key() {
    return series[0].key();
  }

  /** The bytes of {@link SeriesLayoutCodec}; not to be modified. */
  public byte[] encoded() {
    return encoded;
  }

  /** XXH64 of {@link #encoded()}: by it a reader knows a layout again without decoding it. */
  public long hash() {
    return hash;
  }

  private static byte[] encode(Series[] series) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * series.length);
    try {
      SeriesLayoutCodec.writeSeries(series, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesLayout layout && java.util.Arrays.equals(encoded, layout.encoded);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return java.util.Arrays.toString(series);
  }
}

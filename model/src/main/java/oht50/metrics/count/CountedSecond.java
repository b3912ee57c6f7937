package oht50.metrics.count;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;
import oht50.metrics.wire.SeriesLayoutCodec;

/**
 * The distinct occurrences of one second. Immutable.
 *
 * @param series the delta series that counted something
 * @param keys natural keys per series, ascending: series index -> keys
 * @param published the count last published per series
 * @param version number of publications; the position by which a newer count replaces an older one
 */
public record CountedSecond(SeriesLayout series, long[][] keys, int[] published, int version) {

  /** This second with one more occurrence, or itself if it was counted before. */
  CountedSecond with(SeriesLayout counted, long naturalKey) {
    CountedSecond second = this;
    for (int i = 0; i < counted.size(); i++) {
      second = second.with(counted.series(i), naturalKey);
    }
    return second;
  }

  static CountedSecond of(SeriesLayout counted, long naturalKey) {
    long[][] keys = new long[counted.size()][];
    Arrays.fill(keys, new long[] {naturalKey});
    return new CountedSecond(counted, keys, new int[counted.size()], 0);
  }

  private CountedSecond with(Series counted, long naturalKey) {
    for (int i = 0; i < series.size(); i++) {
      if (series.series(i).id() == counted.id()) {
        int at = Arrays.binarySearch(keys[i], naturalKey);
        if (at >= 0) {
          return this;
        }
        long[][] more = keys.clone();
        more[i] = insert(keys[i], -at - 1, naturalKey);
        return new CountedSecond(series, more, published, version);
      }
    }
    Series[] all = new Series[series.size() + 1];
    for (int i = 0; i < series.size(); i++) {
      all[i] = series.series(i);
    }
    all[series.size()] = counted;
    long[][] more = Arrays.copyOf(keys, all.length);
    more[series.size()] = new long[] {naturalKey};
    return new CountedSecond(
        SeriesLayout.of(all), more, Arrays.copyOf(published, all.length), version);
  }

  /** This second with one occurrence less, or itself if it was not counted. */
  CountedSecond without(SeriesLayout counted, long naturalKey) {
    long[][] fewer = null;
    for (int i = 0; i < series.size(); i++) {
      int at = Arrays.binarySearch(keys[i], naturalKey);
      if (at >= 0 && isIn(series.series(i), counted)) {
        fewer = fewer == null ? keys.clone() : fewer;
        fewer[i] = remove(keys[i], at);
      }
    }
    return fewer == null ? this : new CountedSecond(series, fewer, published, version);
  }

  private static boolean isIn(Series one, SeriesLayout layout) {
    for (int i = 0; i < layout.size(); i++) {
      if (layout.series(i).id() == one.id()) {
        return true;
      }
    }
    return false;
  }

  private static long[] remove(long[] values, int at) {
    long[] fewer = new long[values.length - 1];
    System.arraycopy(values, 0, fewer, 0, at);
    System.arraycopy(values, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  private static long[] insert(long[] ascending, int at, long value) {
    long[] more = new long[ascending.length + 1];
    System.arraycopy(ascending, 0, more, 0, at);
    more[at] = value;
    System.arraycopy(ascending, at, more, at + 1, ascending.length - at);
    return more;
  }

  int count(int i) {
    return keys[i].length;
  }

  boolean isPublished() {
    for (int i = 0; i < published.length; i++) {
      if (published[i] != count(i)) {
        return false;
      }
    }
    return true;
  }

  CountedSecond asPublished() {
    int[] counts = new int[published.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = count(i);
    }
    return new CountedSecond(series, keys, counts, version + 1);
  }

  /** Series, then per series: published, keys; version. */
  public static final class BinaryForm implements Codec<CountedSecond> {
    private static final long serialVersionUID = 1L;
    private final SeriesLayoutCodec layouts = new SeriesLayoutCodec();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<CountedSecond> duplicate() {
      return new BinaryForm();
    }

    @Override
    public void write(CountedSecond second, DataOutput out) throws IOException {
      layouts.write(second.series, out);
      for (int i = 0; i < second.published.length; i++) {
        out.writeInt(second.published[i]);
        Primitives.writeLongs(second.keys[i], out);
      }
      out.writeInt(second.version);
    }

    @Override
    public CountedSecond read(int version, DataInput in) throws IOException {
      SeriesLayout series = layouts.read(layouts.version(), in);
      int[] published = new int[series.size()];
      long[][] keys = new long[series.size()][];
      for (int i = 0; i < published.length; i++) {
        published[i] = in.readInt();
        keys[i] = Primitives.readLongs(in);
      }
      return new CountedSecond(series, keys, published, in.readInt());
    }
  }
}

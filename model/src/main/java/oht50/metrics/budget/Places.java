package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which series of a key have a place in the budgets of their metrics, and which have been refused.
 * Immutable.
 */
public final class Places {
  public static final Places NONE = new Places(new long[0], new boolean[0], new long[0]);

  private final long[] ids;
  private final boolean[] admitted;
  private final long[] askedAt; // watermark of the newest ask

  private Places(long[] ids, boolean[] admitted, long[] askedAt) {
    this.ids = ids;
    this.admitted = admitted;
    this.askedAt = askedAt;
  }

  public boolean isEmpty() {
    return ids.length == 0;
  }

  /** Whether each series of a layout has been answered. */
  public boolean know(SeriesLayout layout) {
    for (int i = 0; i < layout.size(); i++) {
      if (find(layout.series(i).id()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a series has a place; one that has not been answered has none. */
  public boolean admit(long seriesId) {
    int at = find(seriesId);
    return at >= 0 && admitted[at];
  }

  /** Who has a place keeps it, whatever a later verdict says. */
  public Places with(SeriesVerdict verdict) {
    int at = find(verdict.seriesId());
    if (at < 0) {
      int size = ids.length;
      long[] moreIds = Arrays.copyOf(ids, size + 1);
      boolean[] moreAdmitted = Arrays.copyOf(admitted, size + 1);
      long[] moreAskedAt = Arrays.copyOf(askedAt, size + 1);
      moreIds[size] = verdict.seriesId();
      moreAdmitted[size] = verdict.isAdmitted();
      moreAskedAt[size] = verdict.askedAt();
      return new Places(moreIds, moreAdmitted, moreAskedAt);
    }
    boolean[] changed = admitted.clone();
    long[] later = askedAt.clone();
    changed[at] |= verdict.isAdmitted();
    later[at] = Math.max(later[at], verdict.askedAt());
    return new Places(ids, changed, later);
  }

  /**
   * Those that have asked since an instant. One that asked before there was a watermark counts as
   * having asked now.
   */
  public Places askedSince(long instant, long now) {
    int kept = 0;
    long[] keptIds = new long[ids.length];
    boolean[] keptAdmitted = new boolean[ids.length];
    long[] keptAskedAt = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      long asked = askedAt[i] == Long.MIN_VALUE ? now : askedAt[i];
      if (asked >= instant) {
        keptIds[kept] = ids[i];
        keptAdmitted[kept] = admitted[i];
        keptAskedAt[kept++] = asked;
      }
    }
    return new Places(
        Arrays.copyOf(keptIds, kept),
        Arrays.copyOf(keptAdmitted, kept),
        Arrays.copyOf(keptAskedAt, kept));
  }

  public int size() {
    return ids.length;
  }

  private int find(long seriesId) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == seriesId) {
        return i;
      }
    }
    return -1;
  }

  /** Count, then per series: id, whether admitted, asked at. */
  public static final class BinaryForm implements Codec<Places> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Places places, DataOutput out) throws IOException {
      Primitives.writeCount(places.ids.length, out);
      for (int i = 0; i < places.ids.length; i++) {
        out.writeLong(places.ids[i]);
        out.writeBoolean(places.admitted[i]);
        out.writeLong(places.askedAt[i]);
      }
    }

    @Override
    public Places read(int version, DataInput in) throws IOException {
      int size = Primitives.readCount(in);
      Places places = new Places(new long[size], new boolean[size], new long[size]);
      for (int i = 0; i < size; i++) {
        places.ids[i] = in.readLong();
        places.admitted[i] = in.readBoolean();
        places.askedAt[i] = in.readLong();
      }
      return places;
    }
  }
}

package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The series of a part and their numbers, which stay while there are points of them. A series that
 * rules record has a number for each rule. Immutable.
 */
public final class PartSeries {
  static final PartSeries NONE = new PartSeries(new Entry[0]);

  /** The rule of series that no rule records. */
  static final long NO_RULE = 0;

  // How exactly it is known when a series spoke last: so seldom is what is kept written anew.
  private static final long SPOKE_MILLIS = 1_800_000;

  private final Entry[] entries; // number -> series, null where a number is free
  private final Map<Owned, Integer> numbers = new HashMap<>();

  private record Owned(Labels labels, long rule) {}

  /**
   * A series.
   *
   * @param labels with the metric's name
   * @param rule that records it, or {@link #NO_RULE}
   * @param isDelta whether a 0 is no point
   * @param spokeUntil a time after its newest point, ms
   */
  record Entry(Labels labels, long rule, boolean isDelta, long spokeUntil) {}

  private PartSeries(Entry[] entries) {
    this.entries = entries;
    for (int number = 0; number < entries.length; number++) {
      if (entries[number] != null) {
        numbers.put(new Owned(entries[number].labels, entries[number].rule), number);
      }
    }
  }

  static Labels labels(Series series) {
    return series.labels().with(LabelMatcher.METRIC_NAME, series.name());
  }

  /** One more than the highest number. */
  int size() {
    return entries.length;
  }

  /** Null if there is none of that number. */
  Entry entry(int number) {
    return entries[number];
  }

  /** -1 if it has none. */
  int number(Labels labels, long rule) {
    return numbers.getOrDefault(new Owned(labels, rule), -1);
  }

  /** In which a series has a number, and has spoken at a time. */
  PartSeries with(Labels labels, long rule, MetricKind kind, long timestamp) {
    int number = number(labels, rule);
    if (number >= 0 && entries[number].spokeUntil > timestamp) {
      return this;
    }
    long until = Math.floorDiv(timestamp, SPOKE_MILLIS) * SPOKE_MILLIS + SPOKE_MILLIS;
    int at = number >= 0 ? number : free();
    Entry[] changed = Arrays.copyOf(entries, Math.max(entries.length, at + 1));
    changed[at] =
        number >= 0
            ? new Entry(labels, rule, entries[at].isDelta, until)
            : new Entry(labels, rule, kind == MetricKind.DELTA, until);
    return new PartSeries(changed);
  }

  private int free() {
    for (int number = 0; number < entries.length; number++) {
      if (entries[number] == null) {
        return number;
      }
    }
    return entries.length;
  }

  /** Without those that have not spoken since a time. */
  PartSeries since(long timestamp) {
    Entry[] left = entries.clone();
    boolean isSame = true;
    for (int number = 0; number < left.length; number++) {
      if (left[number] != null && left[number].spokeUntil <= timestamp) {
        left[number] = null;
        isSame = false;
      }
    }
    int size = left.length;
    while (size > 0 && left[size - 1] == null) {
      size--;
    }
    return isSame ? this : new PartSeries(Arrays.copyOf(left, size));
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  /** Per number whether there is a series; of one labels, rule, kind and when it spoke. */
  public static final class BinaryForm implements Codec<PartSeries> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PartSeries series, DataOutput out) throws IOException {
      Primitives.writeCount(series.entries.length, out);
      for (Entry entry : series.entries) {
        out.writeBoolean(entry != null);
        if (entry != null) {
          Primitives.writeLabels(entry.labels, out);
          out.writeLong(entry.rule);
          out.writeBoolean(entry.isDelta);
          out.writeLong(entry.spokeUntil);
        }
      }
    }

    @Override
    public PartSeries read(int version, DataInput in) throws IOException {
      Entry[] entries = new Entry[Primitives.readCount(in)];
      for (int i = 0; i < entries.length; i++) {
        if (in.readBoolean()) {
          entries[i] =
              new Entry(Primitives.readLabels(in), in.readLong(), in.readBoolean(), in.readLong());
        }
      }
      return new PartSeries(entries);
    }
  }
}

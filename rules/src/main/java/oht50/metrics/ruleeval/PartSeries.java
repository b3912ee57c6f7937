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
 * The series of a part and their numbers, which stay while there are points of them, or a total
 * that stands. A series that rules record has a number for each rule. Immutable.
 */
public final class PartSeries {
  static final PartSeries NONE = new PartSeries(new Entry[0], Long.MIN_VALUE);

  /** The rule of series that no rule records. */
  static final long NO_RULE = 0;

  // How exactly it is known when a series spoke last: so seldom is what is kept written anew.
  private static final long SPOKE_MILLIS = 1_800_000;

  private final Entry[] entries; // number -> series, null where a number is free
  private final long settledUntil; // Long.MIN_VALUE if nothing is settled
  private final Map<Owned, Integer> numbers = new HashMap<>();

  private record Owned(Labels labels, long rule) {}

  /**
   * A series.
   *
   * @param labels with the metric's name
   * @param rule that records it, or {@link #NO_RULE}
   * @param spokeUntil a time after its newest point, ms
   * @param forgotten what was counted in slices that are no longer held; null if it is not counted
   * @param settled what was counted before {@link #settledUntil}, else as {@code forgotten}
   */
  record Entry(Labels labels, long rule, long spokeUntil, Total forgotten, Total settled) {
    /** Whether its values are counts, and its value at a time their sum. */
    boolean isCounted() {
      return forgotten != null;
    }

    private Entry spoke(long until) {
      return new Entry(labels, rule, until, forgotten, settled);
    }

    private Entry with(Total nowForgotten, Total nowSettled) {
      return new Entry(labels, rule, spokeUntil, nowForgotten, nowSettled);
    }
  }

  private PartSeries(Entry[] entries, long settledUntil) {
    this.entries = entries;
    this.settledUntil = settledUntil;
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
    Total none = kind == MetricKind.DELTA ? Total.NONE : null;
    changed[at] =
        number >= 0 ? entries[at].spoke(until) : new Entry(labels, rule, until, none, none);
    return new PartSeries(changed, settledUntil);
  }

  private int free() {
    for (int number = 0; number < entries.length; number++) {
      if (entries[number] == null) {
        return number;
      }
    }
    return entries.length;
  }

  /** The start of the slice before which all is settled; Long.MIN_VALUE if nothing is. */
  long settledUntil() {
    return settledUntil;
  }

  /** The latest totals that are known and not later than a time, of all series. */
  Totals totals(long time, long expiry) {
    boolean isSettled = settledUntil <= time;
    Total[] totals = new Total[entries.length];
    for (int number = 0; number < totals.length; number++) {
      if (entries[number] != null) {
        totals[number] = isSettled ? entries[number].settled : entries[number].forgotten;
      }
    }
    return new Totals(isSettled ? settledUntil : Long.MIN_VALUE, totals, expiry);
  }

  /** A time before another at which something was counted; Long.MIN_VALUE if none is known. */
  long countedBefore(int number, long time) {
    long settled = entries[number].settled.newest();
    return settled < time ? settled : entries[number].forgotten.newest();
  }

  /** The totals of what is no longer held. */
  Totals forgotten(long expiry) {
    return totals(Long.MIN_VALUE, expiry);
  }

  /**
   * In which all before a time is settled.
   *
   * @param totals before that time
   */
  PartSeries settled(Totals totals, long until) {
    Entry[] changed = entries.clone();
    for (int number = 0; number < changed.length; number++) {
      if (changed[number] != null && changed[number].isCounted()) {
        changed[number] = changed[number].with(changed[number].forgotten, totals.of(number));
      }
    }
    return new PartSeries(changed, until);
  }

  /** In which nothing is settled if a point of that time may be in it. */
  PartSeries changedAt(long timestamp) {
    return timestamp < settledUntil ? settled(forgotten(0), Long.MIN_VALUE) : this;
  }

  /**
   * In which what was counted before a time is no longer held.
   *
   * @param totals before that time
   */
  PartSeries forgetting(Totals totals, long until) {
    boolean isSettled = settledUntil >= until;
    Entry[] changed = entries.clone();
    boolean isSame = isSettled || settledUntil == Long.MIN_VALUE;
    for (int number = 0; number < changed.length; number++) {
      Entry entry = changed[number];
      if (entry != null && entry.isCounted()) {
        Total forgotten = totals.of(number);
        isSame &= forgotten.equals(entry.forgotten);
        changed[number] = entry.with(forgotten, isSettled ? entry.settled : forgotten);
      }
    }
    return isSame ? this : new PartSeries(changed, isSettled ? settledUntil : Long.MIN_VALUE);
  }

  /** Whether there are series of which counts are no longer held. */
  boolean hasForgotten() {
    for (Entry entry : entries) {
      if (entry != null && entry.isCounted() && !entry.forgotten.isNone()) {
        return true;
      }
    }
    return false;
  }

  /** Without those that have not spoken since a time, and whose total does not go on then. */
  PartSeries since(long timestamp, long expiry) {
    Entry[] left = entries.clone();
    boolean isSame = true;
    for (int number = 0; number < left.length; number++) {
      if (left[number] != null && hasEnded(left[number], timestamp, expiry)) {
        left[number] = null;
        isSame = false;
      }
    }
    int size = left.length;
    while (size > 0 && left[size - 1] == null) {
      size--;
    }
    return isSame ? this : new PartSeries(Arrays.copyOf(left, size), settledUntil);
  }

  private static boolean hasEnded(Entry entry, long timestamp, long expiry) {
    return entry.spokeUntil <= timestamp
        && !(entry.isCounted() && entry.forgotten.goesOnAt(timestamp, expiry));
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  /**
   * Until when all is settled. Per number whether there is a series; of one labels, rule, when it
   * spoke, whether it is counted; of a counted one what is forgotten and what is settled.
   */
  public static final class BinaryForm implements Codec<PartSeries> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PartSeries series, DataOutput out) throws IOException {
      out.writeLong(series.settledUntil);
      Primitives.writeCount(series.entries.length, out);
      for (Entry entry : series.entries) {
        out.writeBoolean(entry != null);
        if (entry != null) {
          write(entry, out);
        }
      }
    }

    private static void write(Entry entry, DataOutput out) throws IOException {
      Primitives.writeLabels(entry.labels, out);
      out.writeLong(entry.rule);
      out.writeLong(entry.spokeUntil);
      out.writeBoolean(entry.isCounted());
      if (entry.isCounted()) {
        entry.forgotten.write(out);
        entry.settled.write(out);
      }
    }

    @Override
    public PartSeries read(int version, DataInput in) throws IOException {
      long settledUntil = in.readLong();
      Entry[] entries = new Entry[Primitives.readCount(in)];
      for (int i = 0; i < entries.length; i++) {
        if (in.readBoolean()) {
          entries[i] = readEntry(in);
        }
      }
      return new PartSeries(entries, settledUntil);
    }

    private static Entry readEntry(DataInput in) throws IOException {
      Labels labels = Primitives.readLabels(in);
      long rule = in.readLong();
      long spokeUntil = in.readLong();
      boolean isCounted = in.readBoolean();
      Total forgotten = isCounted ? Total.read(in) : null;
      return new Entry(labels, rule, spokeUntil, forgotten, isCounted ? Total.read(in) : null);
    }
  }
}

package oht50.metrics.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.time.Interval;
import org.apache.flink.util.OutputTag;

/** Rows by kind; on demand also what each window said last, to be compared with another's. */
final class RowTally {
  private final long[] rollups = new long[Interval.values().length]; // by ordinal
  private final Map<String, long[]> aside = new TreeMap<>(); // side output -> count
  private final Map<Window, Said> last;

  /**
   * @param keepsLast whether what each window said last is kept; it costs
   */
  RowTally(boolean keepsLast) {
    this.last = keepsLast ? new HashMap<>() : null;
  }

  private record Window(long series, Interval interval, long start) {}

  /** The sum is left out: it depends on the order of addition. */
  private record Said(long count, double min, double max) {}

  void row(long series, Interval interval, long start, long count, double min, double max) {
    rollups[interval.ordinal()]++;
    if (last != null && interval != Interval.QUARTER) {
      last.put(new Window(series, interval, start), new Said(count, min, max));
    }
  }

  void aside(OutputTag<?> tag, Object row) {
    aside.computeIfAbsent(tag.getId(), id -> new long[1])[0]++;
  }

  /** Whether every window said the same in the end. */
  boolean saysTheSameAs(RowTally other) {
    return last.equals(other.last);
  }

  int windows() {
    return last.size();
  }

  /** Rows by kind, for people. */
  String summary() {
    Map<Interval, Long> byInterval = new EnumMap<>(Interval.class);
    for (Interval interval : Interval.values()) {
      byInterval.put(interval, rollups[interval.ordinal()]);
    }
    StringBuilder text = new StringBuilder("rows");
    byInterval.forEach((interval, rows) -> append(text, interval.word(), rows));
    aside.forEach((tag, rows) -> append(text.append(';'), tag, rows[0]));
    return text.toString();
  }

  private static void append(StringBuilder text, String kind, long rows) {
    text.append(' ').append(kind).append(' ').append(rows);
  }
}

package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import oht50.metrics.model.MetricKind;

/**
 * What flows over the edges of windows, computed from all points of a series at once: growth of a
 * counter, time that a state held, gaps. Part of the oracle.
 */
final class Flow {
  private static final long EXPIRY = 24 * 3_600_000L;
  private static final long STALE = 0x7ff0000000000002L;
  private static final Map<String, String> CHILD_OF =
      Map.of("5m", "1m", "15m", "5m", "1h", "15m", "1d", "15m");
  private static final double NONE = Double.NaN;

  private final MetricKind kind;
  private final TreeMap<Long, Double> points = new TreeMap<>(); // those that count
  // interval -> window start -> what lies between its first and its last point
  private final Map<String, TreeMap<Long, Inside>> inside = new HashMap<>();

  private record Inside(long first, long last, double amount, long covered) {}

  record Row(double increase, double boundary, double weighted, long covered, long gap) {}

  Flow(MetricKind kind, TreeMap<Long, Double> all) {
    this.kind = kind;
    all.forEach(
        (time, value) -> {
          if (kind.isState() || !isStale(value)) {
            points.put(time, value);
          }
        });
  }

  /** Adds a level: each window with the starts of its children, or the times of its points. */
  void level(String interval, TreeMap<Long, List<Long>> childrenOf) {
    boolean isOfPoints = interval.equals("1m");
    Map<Long, Inside> children = isOfPoints ? Map.of() : inside.get(CHILD_OF.get(interval));
    TreeMap<Long, Inside> windows = new TreeMap<>();
    for (Map.Entry<Long, List<Long>> window : childrenOf.entrySet()) {
      Inside sum = null;
      for (long child : window.getValue()) {
        Inside next = isOfPoints ? point(child) : children.get(child);
        sum = sum == null ? next : next == null ? sum : join(sum, next, isOfPoints);
      }
      windows.put(window.getKey(), sum);
    }
    inside.put(interval, windows);
  }

  private Inside point(long time) {
    return points.containsKey(time) ? new Inside(time, time, 0, 0) : null;
  }

  private Inside join(Inside before, Inside next, boolean isOfPoints) {
    double amount = before.amount;
    long covered = before.covered;
    if (kind == MetricKind.COUNTER) {
      double step = step(before.last, next.first);
      amount += isOfPoints ? step : step + next.amount;
    } else if (kind.isState()) {
      long held = held(before.last, before.last, next.first);
      amount += held > 0 ? points.get(before.last) * held : 0;
      amount += isOfPoints ? 0 : next.amount;
      covered += held + next.covered;
    }
    return new Inside(before.first, next.last, amount, covered);
  }

  Row row(String interval, long start, long end, double sum) {
    Inside of = inside.get(interval).get(start);
    double increase = kind == MetricKind.DELTA ? sum : NONE;
    if (of == null) {
      return new Row(increase, NONE, NONE, -1, -1);
    }
    Long before = points.lowerKey(start);
    double boundary = NONE;
    double weighted = NONE;
    long covered = -1;
    if (kind == MetricKind.COUNTER) {
      boundary = before == null ? 0 : step(before, of.first);
      increase = boundary + of.amount;
    } else if (kind.isState()) {
      long head = before == null ? 0 : held(before, start, of.first);
      long tail = held(of.last, of.last, end);
      double integral = head > 0 ? points.get(before) * head + of.amount : of.amount;
      integral += tail > 0 ? points.get(of.last) * tail : 0;
      covered = head + of.covered + tail;
      weighted = covered == 0 ? NONE : integral / covered;
    }
    return new Row(increase, boundary, weighted, covered, gap(start, end));
  }

  /** When a fact says in a minute what its point before did not, if that still counted. */
  Optional<Answer.Changes> changes(long series, long minute) {
    List<Integer> offsets = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    points
        .subMap(minute, minute + 60_000)
        .forEach(
            (time, value) -> {
              Map.Entry<Long, Double> before = points.lowerEntry(time);
              boolean goesOn =
                  before != null
                      && time - before.getKey() <= EXPIRY
                      && Double.doubleToRawLongBits(before.getValue())
                          == Double.doubleToRawLongBits(value);
              if (!goesOn) {
                offsets.add((int) (time - minute));
                values.add(value);
              }
            });
    return offsets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Answer.Changes.of(
                series,
                minute,
                offsets.stream().mapToInt(Integer::intValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private double step(long earlier, long later) {
    double said = points.get(earlier);
    double says = points.get(later);
    return later - earlier > EXPIRY ? 0 : says < said ? says : says - said;
  }

  private long held(long said, long from, long to) {
    return isStale(points.get(said)) ? 0 : Math.max(0, Math.min(to, said + EXPIRY) - from);
  }

  private long gap(long start, long end) {
    NavigableMap<Long, Double> within = points.subMap(start, true, end, false);
    long longest = 0;
    long previous = start;
    for (long time : within.keySet()) {
      longest = Math.max(longest, time - previous);
      previous = time;
    }
    return Math.max(longest, end - previous);
  }

  private static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE;
  }
}

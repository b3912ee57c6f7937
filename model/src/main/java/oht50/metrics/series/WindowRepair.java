package oht50.metrics.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;

/** Windows of one series, being repaired. */
final class WindowRepair {
  private static final long MINUTE = Interval.MINUTE.millis();
  private static final long LONGEST_DAY = 26 * Interval.HOUR.millis();
  private static final Interval[] LEVELS = Interval.values();

  private final SeriesPass pass;
  private final RowForm rows;
  private final long expiry;
  private final Backfill backfill;
  private final RepairSpan span;
  private final long now;
  private final SeriesStore kept; // null where nothing of the series is
  private final int column;
  private final SeriesTable table;

  WindowRepair(
      SeriesPass pass,
      RowForm rows,
      long expiry,
      Backfill backfill,
      RepairSpan span,
      long now,
      SeriesStore kept,
      int columnInState) {
    this.pass = pass;
    this.rows = rows;
    this.expiry = expiry;
    this.backfill = backfill;
    this.span = span;
    this.now = now;
    this.kept = kept;
    this.table =
        kept == null
            ? SeriesTable.EMPTY.with(backfill.series(), backfill.incarnation(), MINUTE, now)
            : kept.table();
    this.column = kept == null ? table.columnOf(backfill.series()) : columnInState;
  }

  /**
   * @return starts of the days of which it published a row
   */
  List<Long> run(List<RepairWindow> asked, SeriesOutput out) {
    long from = asked.stream().mapToLong(span::firstNeeded).min().orElseThrow();
    RepairStore over =
        new RepairStore(
            kept, onlyTheSeries(from), column, from, span.known(), pointsByMinute(from), now);
    if (span.hasGap()) {
      over.forgetMinutesAfterTheSpan(); // what is said last in the span is not what they carry
    }
    List<Rollup> computed = new ArrayList<>();
    SeriesWork work = pass.windowsOnly(now, span.calendar(), over, new RowsOnly(computed));
    List<Long> days = publish(asked, computed, work, out);
    if (kept != null) {
      new RepairedState(kept, column, span, now).takeOver(over, work);
    }
    return days;
  }

  /** The table for which the series has all its points of the span, and others have none. */
  private SeriesTable onlyTheSeries(long from) {
    SeriesTable.Editor editor = table.edit();
    for (int other = 0; other < table.columns(); other++) {
      editor.frontier(other, other == column ? from : Long.MAX_VALUE);
    }
    long time = backfill.saidTime();
    double value = backfill.saidValue();
    for (int i = Holdings.firstFrom(backfill.timestamps(), from) - 1; i >= 0; i--) {
      if (table.isState(column) || !StaleMarker.is(backfill.values()[i])) {
        time = backfill.timestamps()[i];
        value = backfill.values()[i];
        break;
      }
    }
    editor.edge(column, time, value);
    if (table.heldTime(column) < from && table.heldTime(column) < time) {
      editor.held(column, time, value);
    }
    return editor.table();
  }

  private TreeMap<Long, LogBatch> pointsByMinute(long from) {
    TreeMap<Long, LogBatch> minutes = new TreeMap<>();
    long[] timestamps = backfill.timestamps();
    int end = Holdings.firstFrom(timestamps, span.known());
    int first = Holdings.firstFrom(timestamps, from);
    while (first < end) {
      long minute = Math.floorDiv(timestamps[first], MINUTE) * MINUTE;
      int next = Math.min(end, Holdings.firstFrom(timestamps, minute + MINUTE));
      int[] columns = new int[next - first];
      Arrays.fill(columns, column);
      minutes.put(
          minute,
          new LogBatch(
              columns,
              Arrays.copyOfRange(timestamps, first, next),
              Arrays.copyOfRange(backfill.values(), first, next),
              0,
              0));
      first = next;
    }
    return minutes;
  }

  private List<Long> publish(
      List<RepairWindow> asked, List<Rollup> computed, SeriesWork work, SeriesOutput out) {
    List<Long> days = new ArrayList<>();
    Map<Window, RepairWindow> wanted = new TreeMap<>(); // window -> what it is repaired for
    for (RepairWindow window : asked) {
      want(window.interval(), window.windowStart(), window, wanted);
      if (window.interval() == Interval.MINUTE && table.carriesOver(column)) {
        wantNextThatSpeaks(window, work, wanted, out);
      }
    }
    for (Rollup row : computed) {
      if (row.interval() == Interval.MINUTE && row.windowStart() >= span.known()) {
        want(Interval.MINUTE, row.windowStart(), asked.get(0), wanted); // it carries on
      }
    }
    for (Rollup row : computed) {
      RepairWindow reason = wanted.remove(new Window(row.interval(), row.windowStart()));
      if (reason == null) {
        continue;
      }
      if (span.isWhole(row.windowEnd())) {
        out.rollup(row.because(Cause.BACKFILL));
        if (row.interval() == Interval.DAY) {
          days.add(row.windowStart());
        }
      } else {
        askAgain(row.interval(), row.windowStart(), reason, out);
      }
    }
    wanted.forEach((window, reason) -> withoutPoints(window, reason, work, out));
    return days;
  }

  /** A window, and all above it. */
  private void want(
      Interval lowest, long instant, RepairWindow reason, Map<Window, RepairWindow> wanted) {
    for (Interval level : LEVELS) {
      if (level.compareTo(lowest) >= 0) {
        wanted.putIfAbsent(new Window(level, span.calendar().start(level, instant)), reason);
      }
    }
  }

  /** What a counter or a state says in a minute is a part of the next one in which it speaks. */
  private void wantNextThatSpeaks(
      RepairWindow window, SeriesWork work, Map<Window, RepairWindow> wanted, SeriesOutput out) {
    long[] minutes = work.holdings.minutes();
    int from = Holdings.firstFrom(minutes, window.windowStart() + 1);
    for (int i = from; i < minutes.length; i++) {
      AccumulatorBlock block = work.store.block(Interval.MINUTE, minutes[i]);
      int at = block == null ? -1 : block.indexOf(column);
      if (at >= 0 && block.hasTimes(at)) {
        want(Interval.MINUTE, minutes[i], window, wanted);
        return;
      }
    }
    // A state holds into a day whose first point comes long after it has expired.
    long counts = window.windowStart() + MINUTE + expiry + LONGEST_DAY;
    if (span.hasGap() && span.known() <= counts) {
      out.repair(window.atLeast(span.frontier())); // it may have spoken in between
    }
  }

  private void withoutPoints(
      Window window, RepairWindow reason, SeriesWork work, SeriesOutput out) {
    long end = span.calendar().end(window.level, window.start);
    if (!span.isWhole(end)) {
      askAgain(window.level, window.start, reason, out);
    } else if (end <= span.known()) {
      out.rollup(
          rows.row(
              column,
              window.level,
              window.start,
              end,
              end,
              AccumulatorBlock.EMPTY,
              true,
              Cause.BACKFILL,
              work.table));
    }
  }

  private void askAgain(Interval level, long start, RepairWindow reason, SeriesOutput out) {
    out.repair(new RepairWindow(reason.seriesId(), level, start, reason.cause(), span.frontier()));
  }

  private record Window(Interval level, long start) implements Comparable<Window> {
    @Override
    public int compareTo(Window other) {
      int byLevel = level.compareTo(other.level);
      return byLevel != 0 ? byLevel : Long.compare(start, other.start);
    }
  }
}

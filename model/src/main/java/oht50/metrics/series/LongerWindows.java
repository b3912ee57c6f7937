package oht50.metrics.series;

import java.util.BitSet;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.time.Interval;

/** Windows that are made of the level below: 5m of 1m, 15m of 5m, 1h and 1d of 15m. */
final class LongerWindows {
  private final BlockFold fold;
  private final RowForm rows;

  LongerWindows(BlockFold fold, RowForm rows) {
    this.fold = fold;
    this.rows = rows;
  }

  /**
   * Publishes the windows of a level above changed children, and those that become final.
   *
   * @return window start -> columns whose values changed or became final
   */
  TreeMap<Long, BitSet> above(TreeMap<Long, BitSet> children, Interval level, SeriesWork work) {
    TreeMap<Long, BitSet> windows = new TreeMap<>();
    children.forEach(
        (start, columns) ->
            windows
                .computeIfAbsent(work.calendar.start(level, start), key -> new BitSet())
                .or(columns));
    TreeMap<Long, BitSet> changed = new TreeMap<>();
    windows.forEach((start, columns) -> changed.put(start, (BitSet) columns.clone()));

    BitSet becomeFinal = new BitSet(); // entries
    for (int entry = 0; entry < work.agenda.size(); entry++) {
      long start = work.agenda.starts()[entry];
      if (work.agenda.is(entry, level) && work.calendar.end(level, start) <= work.now) {
        work.remaining[entry] = 0;
        becomeFinal.set(entry);
        windows.computeIfAbsent(start, key -> new BitSet());
      }
    }
    windows.forEach(
        (start, columns) -> {
          long end = work.calendar.end(level, start);
          boolean isFinal = end <= work.now;
          int entry = work.agenda.find(level, start);
          boolean becomesFinal = entry >= 0 && becomeFinal.get(entry);
          AccumulatorBlock block = merge(level, start, end, work);
          BitSet published = columns;
          if (becomesFinal) {
            published = (BitSet) columns.clone();
            for (int column : block.columns) {
              published.set(column);
            }
          }
          Cause cause = isFinal && !becomesFinal ? Cause.LATE : Cause.ON_TIME;
          rows.publish(level, start, end, block, published, isFinal, cause, work);
        });
    return changed;
  }

  /** The block of a window of what is below it. */
  AccumulatorBlock merge(Interval level, long start, long end, SeriesWork work) {
    fold.begin(work.table);
    switch (level) {
      case FIVE_MINUTES -> addChildren(Interval.MINUTE, work.holdings.minutes(), start, end, work);
      case QUARTER -> {
        for (long five = start; five < end; five += Interval.FIVE_MINUTES.millis()) {
          fold.add(work.store.block(Interval.FIVE_MINUTES, five));
        }
      }
      case HOUR, DAY -> addChildren(Interval.QUARTER, work.holdings.quarters(), start, end, work);
      case MINUTE -> throw new IllegalStateException("a minute is folded from points");
    }
    if (level == Interval.HOUR || level == Interval.DAY) {
      return fold.end();
    }
    AccumulatorBlock block = withColumnsPastRecomputing(fold.end(), level, start, work);
    work.store.block(level, start, block);
    if (level == Interval.QUARTER) {
      work.holdings = work.holdings.withQuarter(start);
    }
    return block;
  }

  /**
   * Children stay until every series' frontier has passed their quarter; then the old column does.
   */
  private AccumulatorBlock withColumnsPastRecomputing(
      AccumulatorBlock block, Interval level, long start, SeriesWork work) {
    AccumulatorBlock old = work.store.block(level, start);
    if (old == null) {
      return block;
    }
    long quarter = work.calendar.start(Interval.QUARTER, start);
    long end = work.calendar.end(Interval.QUARTER, quarter);
    return block.withOld(
        old, column -> work.table.frontier(column) >= end && block.indexOf(column) < 0);
  }

  private void addChildren(Interval child, long[] held, long start, long end, SeriesWork work) {
    for (int i = Holdings.firstFrom(held, start); i < held.length && held[i] < end; i++) {
      fold.add(work.store.block(child, held[i]));
    }
  }
}

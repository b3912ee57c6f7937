package oht50.metrics.series;

import java.util.HashSet;
import java.util.Set;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/** What is kept of a series after a repair: what would be, had the points come in time. */
final class RepairedState {
  private static final long QUARTER = Interval.QUARTER.millis();

  private final SeriesStore kept;
  private final SeriesTable table; // as it was before
  private final int column;
  private final RepairSpan span;
  private final long now;

  RepairedState(SeriesStore kept, int column, RepairSpan span, long now) {
    this.kept = kept;
    this.table = kept.table();
    this.column = column;
    this.span = span;
    this.now = now;
  }

  /** Takes the repaired blocks over whose parents can still be corrected, and what is said last. */
  void takeOver(RepairStore over, SeriesWork work) {
    SeriesTable.Editor editor = table.edit();
    if (table.carriesOver(column)) {
      editor.held(column, work.table.heldTime(column), work.table.heldValue(column));
    }
    Holdings holdings = kept.holdings() == null ? Holdings.EMPTY : kept.holdings();
    holdings = takeOverMinutes(over, work.holdings.minutes(), holdings, editor);
    holdings = takeOverQuarters(over, holdings);
    kept.table(editor.table());
    kept.holdings(holdings);
  }

  private Holdings takeOverMinutes(
      RepairStore over, long[] minutes, Holdings before, SeriesTable.Editor editor) {
    Holdings holdings = before;
    Set<Long> recomputed = quartersStillRecomputed(before);
    long edge = table.edgeTime(column);
    for (long minute : minutes) {
      AccumulatorBlock block = over.block(Interval.MINUTE, minute);
      if (block == null) {
        continue;
      }
      if (isRecomputed(minute, recomputed)) {
        if (over.isTouched(minute)) {
          kept.block(Interval.MINUTE, minute, block);
          holdings = holdings.withBlockOfMinute(minute);
        }
        continue;
      }
      int at = block.indexOf(column);
      if (at >= 0
          && table.carriesOver(column)
          && block.hasTimes(at)
          && block.lastTimes[at] >= edge) {
        edge = block.lastTimes[at];
        editor.edge(column, edge, block.carryOver.handedOn[at]);
      }
    }
    over.written(Interval.FIVE_MINUTES)
        .forEach(
            (start, block) -> {
              if (isRecomputed(start, recomputed)) {
                kept.block(Interval.FIVE_MINUTES, start, block);
              }
            });
    return holdings;
  }

  /**
   * Whether state has all minutes of the series in the quarter around an instant, and so computes
   * it from them: one that is left out leaves the quarter as it is, and one too many would make it
   * of that alone.
   */
  private boolean isRecomputed(long instant, Set<Long> recomputed) {
    long quarter = WindowCalendar.UTC.start(Interval.QUARTER, instant);
    return span.frontier() < quarter + QUARTER || recomputed.contains(quarter);
  }

  /** Of those that the frontier has passed: other series keep their minutes in state. */
  private Set<Long> quartersStillRecomputed(Holdings holdings) {
    Set<Long> quarters = new HashSet<>();
    for (long minute : holdings.minutes()) {
      AccumulatorBlock block = kept.block(Interval.MINUTE, minute);
      if (block != null && block.indexOf(column) >= 0) {
        quarters.add(WindowCalendar.UTC.start(Interval.QUARTER, minute));
      }
    }
    return quarters;
  }

  private Holdings takeOverQuarters(RepairStore over, Holdings before) {
    Holdings holdings = before;
    long oldest = Retention.oldestFrontier(table);
    Retention.Passed passed = new Retention.Passed(now, span.calendar());
    for (var quarter : over.written(Interval.QUARTER).entrySet()) {
      long start = quarter.getKey();
      if (Holdings.contains(before.quarters(), start)
          || !passed.is(Interval.HOUR, start, oldest)
          || !passed.is(Interval.DAY, start, oldest)) {
        kept.block(Interval.QUARTER, start, quarter.getValue());
        holdings = holdings.withQuarter(start);
      }
    }
    return holdings;
  }
}

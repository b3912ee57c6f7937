package oht50.metrics.series;

import java.util.BitSet;
import oht50.metrics.model.Cause;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.ValueChanges;
import oht50.metrics.time.Interval;

/** Makes rows of the columns of blocks, and publishes them. */
final class RowForm {
  private static final long MISSING = -1;

  private final Continuity continuity;

  RowForm(Continuity continuity) {
    this.continuity = continuity;
  }

  /**
   * Publishes the rows of some columns of a window.
   *
   * @param block columns that are not in it have lost all their points
   */
  void publish(
      Interval level,
      long start,
      long end,
      AccumulatorBlock block,
      BitSet columns,
      boolean isFinal,
      Cause cause,
      SeriesWork work) {
    long known = isFinal ? end : Math.min(end, work.now);
    for (int column = columns.nextSetBit(0); column >= 0; column = columns.nextSetBit(column + 1)) {
      work.out.rollup(row(column, level, start, end, known, block, isFinal, cause, work.table));
    }
  }

  /**
   * @param known first ms of the window of which nothing is known yet; the end of a final window
   */
  Rollup row(
      int column,
      Interval level,
      long start,
      long end,
      long known,
      AccumulatorBlock block,
      boolean isFinal,
      Cause cause,
      SeriesTable table) {
    int at = block.indexOf(column);
    boolean isEmpty = at < 0;
    boolean hasTimes = !isEmpty && block.hasTimes(at);
    double increase = Rollup.NONE;
    double boundaryIncrease = Rollup.NONE;
    double timeWeightedAvg = Rollup.NONE;
    long covered = MISSING;
    if (table.kind(column) == MetricKind.DELTA.code()) {
      increase = isEmpty ? 0 : block.sums[at];
    } else if (hasTimes && table.isCounter(column)) {
      CarryOver of = block.carryOver;
      boundaryIncrease =
          continuity.step(of.times[at], of.values[at], block.firstTimes[at], block.firsts[at]);
      increase = boundaryIncrease + of.inners[at];
    } else if (hasTimes && table.isState(column)) {
      CarryOver of = block.carryOver;
      long until = Math.max(known, block.lastTimes[at]);
      long head = continuity.holds(of.times[at], of.values[at], start, block.firstTimes[at]);
      long tail =
          continuity.holds(block.lastTimes[at], of.handedOn[at], block.lastTimes[at], until);
      double integral = of.inners[at];
      if (head > 0) {
        integral = of.values[at] * head + integral;
      }
      if (tail > 0) {
        integral += of.handedOn[at] * tail;
      }
      covered = head + of.covered[at] + tail;
      timeWeightedAvg = covered == 0 ? Rollup.NONE : integral / covered;
    }
    return new Rollup(
        table.id(column),
        level,
        start,
        end,
        isEmpty ? 0 : block.counts[at],
        isEmpty ? 0 : block.sums[at],
        isEmpty ? Double.NaN : block.minima[at],
        isEmpty ? Double.NaN : block.maxima[at],
        isEmpty ? Double.NaN : block.firsts[at],
        isEmpty ? Double.NaN : block.lasts[at],
        increase,
        boundaryIncrease,
        timeWeightedAvg,
        covered,
        hasTimes ? largestGap(start, known, block, at) : MISSING,
        hasTimes && level == Interval.MINUTE && table.isTracked(column)
            ? changes(start, block, at)
            : ValueChanges.NONE,
        isFinal,
        cause,
        table.incarnation(column),
        0,
        0);
  }

  /** When a fact changed; its first point counts unless it says what was said before it. */
  private ValueChanges changes(long start, AccumulatorBlock block, int at) {
    CarryOver of = block.carryOver;
    ValueChanges runs = of.runs(at);
    double first = runs == null ? block.firsts[at] : runs.values()[0];
    boolean goesOn =
        !continuity.isBroken(of.times[at], block.firstTimes[at])
            && Double.doubleToRawLongBits(of.values[at]) == Double.doubleToRawLongBits(first);
    if (runs == null) {
      int offset = (int) (block.firstTimes[at] - start);
      return goesOn ? ValueChanges.NONE : ValueChanges.to(first, offset);
    }
    return goesOn ? runs.withoutFirst() : runs;
  }

  private static long largestGap(long start, long known, AccumulatorBlock block, int at) {
    long atEdges = Math.max(block.firstTimes[at] - start, known - block.lastTimes[at]);
    return Math.max(block.gaps[at], atEdges);
  }
}

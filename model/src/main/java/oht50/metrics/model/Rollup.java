package oht50.metrics.model;

import oht50.metrics.time.Interval;

/**
 * The published row of (series, interval, window start).
 *
 * @param windowStart first ms of the window
 * @param windowEnd first ms after the window
 * @param count number of samples; 0 retracts a row whose samples have all been retracted
 * @param sum left fold of the values in time order; lower levels are folded, never accumulated
 *     beside
 * @param increase of a counter the growth inside the window and the step over its left boundary, of
 *     a delta series its sum; {@link #NONE} for other kinds
 * @param boundaryIncrease of a counter the part of it that is the step over the left boundary
 * @param timeWeightedAvg of a state series the average weighted by how long each value held,
 *     carried into the window from before it; {@link #NONE} for other kinds, and where nothing is
 *     covered
 * @param coveredMillis of a state series the time of the window in which its value is known, -1 for
 *     other kinds
 * @param largestGapMillis longest time of the window without a sample, its edges included; -1 in a
 *     row without samples
 * @param changes of a minute of a fact series when its value changed, against what was said before
 *     the minute too; none in other rows
 * @param isFinal whether the watermark has passed the window's end
 * @param cause why the row says this; the table turns it into a revision when a final row changes
 * @param incarnation life of the series in state: a write from another one never replaces a row
 */
public record Rollup(
    long seriesId,
    Interval interval,
    long windowStart,
    long windowEnd,
    long count,
    double sum,
    double min,
    double max,
    double first,
    double last,
    double increase,
    double boundaryIncrease,
    double timeWeightedAvg,
    long coveredMillis,
    long largestGapMillis,
    ValueChanges changes,
    boolean isFinal,
    Cause cause,
    long incarnation,
    long epoch,
    long seq)
    implements Stampable<Rollup> {
  /** In the place of an aggregate that the kind of series does not have; no aggregate is it. */
  public static final double NONE = StaleMarker.VALUE;

  /** A row that notes no changes. */
  public Rollup(
      long seriesId,
      Interval interval,
      long windowStart,
      long windowEnd,
      long count,
      double sum,
      double min,
      double max,
      double first,
      double last,
      double increase,
      double boundaryIncrease,
      double timeWeightedAvg,
      long coveredMillis,
      long largestGapMillis,
      boolean isFinal,
      Cause cause,
      long incarnation,
      long epoch,
      long seq) {
    this(
        seriesId,
        interval,
        windowStart,
        windowEnd,
        count,
        sum,
        min,
        max,
        first,
        last,
        increase,
        boundaryIncrease,
        timeWeightedAvg,
        coveredMillis,
        largestGapMillis,
        ValueChanges.NONE,
        isFinal,
        cause,
        incarnation,
        epoch,
        seq);
  }

  public static boolean isNone(double aggregate) {
    return StaleMarker.is(aggregate);
  }

  /** The same values for another reason. */
  public Rollup because(Cause other) {
    return with(other, epoch, seq);
  }

  @Override
  public Rollup stamped(long newEpoch, long newSeq) {
    return with(cause, newEpoch, newSeq);
  }

  private Rollup with(Cause newCause, long newEpoch, long newSeq) {
    return new Rollup(
        seriesId,
        interval,
        windowStart,
        windowEnd,
        count,
        sum,
        min,
        max,
        first,
        last,
        increase,
        boundaryIncrease,
        timeWeightedAvg,
        coveredMillis,
        largestGapMillis,
        changes,
        isFinal,
        newCause,
        incarnation,
        newEpoch,
        newSeq);
  }
}

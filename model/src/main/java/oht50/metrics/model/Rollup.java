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
    boolean isFinal,
    Cause cause,
    long incarnation,
    long epoch,
    long seq)
    implements Stampable<Rollup> {
  @Override
  public Rollup stamped(long newEpoch, long newSeq) {
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
        isFinal,
        cause,
        incarnation,
        newEpoch,
        newSeq);
  }
}

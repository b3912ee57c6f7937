package oht50.metrics.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import oht50.metrics.time.Interval;

/**
 * What is stored of a series around windows that state cannot compute, for the series operator to
 * compute them with. Arrays are not to be modified.
 *
 * @param incarnation the life of the series that is noted in the catalog
 * @param from first ms of the span
 * @param until first ms that is not known as a whole: every point of the span before it is here
 * @param saidTime time of the newest point before the span, of those near enough to count, or
 *     {@link #NOTHING_SAID}
 * @param saidValue its value
 * @param timestamps ascending, ms
 * @param values parallel to the timestamps; staleness markers included
 * @param windows what is to be computed anew; of one without a known frontier nothing is here, and
 *     its frontier is asked for
 */
public record Backfill(
    Series series,
    long incarnation,
    long from,
    long until,
    long saidTime,
    double saidValue,
    long[] timestamps,
    double[] values,
    List<RepairWindow> windows)
    implements SeriesInput {
  public static final long NOTHING_SAID = Long.MIN_VALUE;

  /** How far a span reaches back before its first window: over any zone's day, and a moved one. */
  public static final long REACH_BEFORE = 2 * Interval.HOUR.millis() * 24;

  /**
   * How far it reaches on after its last window, ms: to the end of the day in which the series
   * speaks next.
   *
   * @param expiry how long what it said before still counts then
   */
  public static long reachAfter(Duration expiry) {
    return expiry.toMillis() + 3 * Interval.HOUR.millis() * 24;
  }

  /** A question for the frontier of a series. */
  public static Backfill question(Series series, long incarnation, List<RepairWindow> windows) {
    return new Backfill(
        series,
        incarnation,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        NOTHING_SAID,
        0,
        new long[0],
        new double[0],
        windows);
  }

  /** Whether it asks how far state reaches back, and brings nothing. */
  public boolean isQuestion() {
    return until == Long.MIN_VALUE;
  }

  @Override
  public long key() {
    return series.key();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Backfill backfill
        && series.equals(backfill.series)
        && incarnation == backfill.incarnation
        && from == backfill.from
        && until == backfill.until
        && saidTime == backfill.saidTime
        && Double.doubleToRawLongBits(saidValue) == Double.doubleToRawLongBits(backfill.saidValue)
        && Arrays.equals(timestamps, backfill.timestamps)
        && Arrays.equals(values, backfill.values)
        && windows.equals(backfill.windows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {series.id(), from, until});
  }
}

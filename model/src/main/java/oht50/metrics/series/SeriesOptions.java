package oht50.metrics.series;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What the series operator does with time.
 *
 * @param horizon how long a point stays correctable, measured from the newest event time of its
 *     series
 * @param horizonPoints the same in points: whichever is less
 * @param earlyCadence how often an open window is published, in event time
 * @param idle after so much of the clock's time without a change a series ages by the clock
 * @param expiry how long what a series said counts at most: a state does not hold longer, and a
 *     counter makes no step over a longer gap
 * @param expectedIntervals how often a series speaks, which decides the span of its chunks
 * @param zone whose calendar days 1d windows are
 */
public record SeriesOptions(
    Duration horizon,
    int horizonPoints,
    Duration earlyCadence,
    Duration idle,
    Duration expiry,
    ExpectedIntervals expectedIntervals,
    ZoneId zone)
    implements Serializable {

  public static final SeriesOptions DEFAULTS =
      new SeriesOptions(
          Duration.ofHours(2),
          8_192,
          Duration.ofSeconds(10),
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          ExpectedIntervals.DEFAULTS,
          ZoneId.of("UTC"));

  /** The same with another horizon. */
  public SeriesOptions withHorizon(Duration other) {
    return new SeriesOptions(
        other, horizonPoints, earlyCadence, idle, expiry, expectedIntervals, zone);
  }

  /** The same with another cap on points. */
  public SeriesOptions withHorizonPoints(int other) {
    return new SeriesOptions(horizon, other, earlyCadence, idle, expiry, expectedIntervals, zone);
  }

  /** The same with days of another zone. */
  public SeriesOptions withZone(ZoneId other) {
    return new SeriesOptions(
        horizon, horizonPoints, earlyCadence, idle, expiry, expectedIntervals, other);
  }
}

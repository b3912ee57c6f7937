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
 * @param chunkCadence how often the raw chunk of an open minute is; a whole part of a minute, so
 *     that a minute's points are in their chunk when it is final
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
    Duration chunkCadence,
    Duration idle,
    Duration expiry,
    ExpectedIntervals expectedIntervals,
    ZoneId zone)
    implements Serializable {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  public SeriesOptions {
    if (!isChunkCadence(chunkCadence)) {
      throw new IllegalArgumentException(
          "a chunk cadence of " + chunkCadence + " is no whole part of a minute");
    }
  }

  /** Whether chunks can be published so often. */
  public static boolean isChunkCadence(Duration cadence) {
    long millis = cadence.toMillis();
    return millis > 0 && MINUTE.toMillis() % millis == 0;
  }

  public static final SeriesOptions DEFAULTS =
      new SeriesOptions(
          Duration.ofHours(2),
          8_192,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          ExpectedIntervals.DEFAULTS,
          ZoneId.of("UTC"));

  /** The same with another horizon. */
  public SeriesOptions withHorizon(Duration other) {
    return new SeriesOptions(
        other, horizonPoints, earlyCadence, chunkCadence, idle, expiry, expectedIntervals, zone);
  }

  /** The same with another cap on points. */
  public SeriesOptions withHorizonPoints(int other) {
    return new SeriesOptions(
        horizon, other, earlyCadence, chunkCadence, idle, expiry, expectedIntervals, zone);
  }

  /** The same with another cadence of chunks. */
  public SeriesOptions withChunkCadence(Duration other) {
    return new SeriesOptions(
        horizon, horizonPoints, earlyCadence, other, idle, expiry, expectedIntervals, zone);
  }

  /** The same with days of another zone. */
  public SeriesOptions withZone(ZoneId other) {
    return new SeriesOptions(
        horizon, horizonPoints, earlyCadence, chunkCadence, idle, expiry, expectedIntervals, other);
  }
}

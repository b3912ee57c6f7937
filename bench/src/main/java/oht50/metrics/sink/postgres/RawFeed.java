package oht50.metrics.sink.postgres;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Series;
import oht50.metrics.series.SeriesOptions;

/**
 * Points of robots that speak once a second. Which of them are late and what they say follows from
 * series and time alone, so that every layout gets the same.
 */
final class RawFeed {
  /** The seconds between two early publications, as shipped. */
  static final int CADENCE_SECONDS = (int) SeriesOptions.DEFAULTS.earlyCadence().toSeconds();

  /** How long after its time a late point comes: its chunk has been closed. */
  static final int LATENESS_SECONDS = 300;

  static final long START = 1_795_521_600_000L; // 2026-11-24T12:00:00Z

  final List<Series> series = new ArrayList<>();
  final int seconds;
  private final int latePercent;

  RawFeed(int robots, int seriesOfEach, int minutes, int latePercent) {
    this.seconds = minutes * 60;
    this.latePercent = latePercent;
    for (int robot = 1; robot <= robots; robot++) {
      for (int i = 0; i < seriesOfEach; i++) {
        series.add(Series.gauge(metric(i), "robot_id", robot(robot)));
      }
    }
  }

  static String metric(int number) {
    return String.format("oht50_robot_metric_%02d", number);
  }

  static String robot(int number) {
    return String.format("OHT-50-%03d", number);
  }

  long points() {
    return (long) series.size() * seconds;
  }

  boolean isLate(int seriesIndex, int second) {
    return Math.floorMod(mix(seriesIndex, second), 100) < latePercent;
  }

  /** Two decimals, as robots send them. */
  double value(int seriesIndex, int second) {
    return Math.floorMod(mix(second, seriesIndex), 10_000) / 100.0;
  }

  private static long mix(long one, long other) {
    long hash = one * 0x9E3779B97F4A7C15L + other * 0xC2B2AE3D27D4EB4FL;
    hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    return hash ^ (hash >>> 32);
  }

  static long millis(int second) {
    return START + second * 1_000L;
  }
}

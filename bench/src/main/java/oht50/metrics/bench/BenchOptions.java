package oht50.metrics.bench;

import java.time.Duration;
import java.util.Locale;
import oht50.metrics.series.SeriesOptions;

/**
 * What to measure.
 *
 * @param backend where state is kept
 * @param againstStock whether Flink's own window operators are measured too
 * @param robots keys
 * @param series series of each robot, all in one batch per second
 * @param minutes event time of a measured run
 * @param latePercent batches that arrive up to {@link Fleet#MAX_LATENESS_SECONDS} late
 * @param earlyCadence seconds between early publications
 * @param horizonMinutes how long points stay in state; shorter than a run, eviction is measured too
 * @param runs measured runs
 */
record BenchOptions(
    Backend backend,
    boolean againstStock,
    int robots,
    int series,
    int minutes,
    int latePercent,
    int earlyCadence,
    int horizonMinutes,
    int runs) {

  private static final BenchOptions DEFAULTS =
      new BenchOptions(Backend.HEAP, false, 100, 40, 30, 6, 10, 120, 5);

  static BenchOptions parse(String... args) {
    BenchOptions options = DEFAULTS;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private BenchOptions with(String option, String value) {
    return switch (option) {
      case "--backend" -> withBackend(value);
      case "--against" -> withAgainst(value);
      case "--robots" -> withRobots(Integer.parseInt(value));
      case "--series" -> withSeries(Integer.parseInt(value));
      case "--minutes" -> withMinutes(Integer.parseInt(value));
      case "--late-percent" -> withLatePercent(Integer.parseInt(value));
      case "--early-cadence" -> withEarlyCadence(Integer.parseInt(value));
      case "--horizon-minutes" -> withHorizonMinutes(Integer.parseInt(value));
      case "--runs" -> withRuns(Integer.parseInt(value));
      default ->
          throw new IllegalArgumentException(
              option
                  + " is none of --backend heap|rocksdb, --against stock, --robots, --series, --minutes,"
                  + " --late-percent, --early-cadence, --horizon-minutes, --runs");
    };
  }

  private BenchOptions withBackend(String value) {
    if (!value.equals("heap") && !value.equals("rocksdb")) {
      throw new IllegalArgumentException("--backend is heap or rocksdb, not " + value);
    }
    return new BenchOptions(
        Backend.valueOf(value.toUpperCase(Locale.ROOT)),
        againstStock,
        robots,
        series,
        minutes,
        latePercent,
        earlyCadence,
        horizonMinutes,
        runs);
  }

  private BenchOptions withAgainst(String value) {
    if (!value.equals("stock")) {
      throw new IllegalArgumentException("--against is stock, not " + value);
    }
    return new BenchOptions(
        backend, true, robots, series, minutes, latePercent, earlyCadence, horizonMinutes, runs);
  }

  private BenchOptions withRobots(int other) {
    return new BenchOptions(
        backend,
        againstStock,
        other,
        series,
        minutes,
        latePercent,
        earlyCadence,
        horizonMinutes,
        runs);
  }

  private BenchOptions withSeries(int other) {
    return new BenchOptions(
        backend,
        againstStock,
        robots,
        other,
        minutes,
        latePercent,
        earlyCadence,
        horizonMinutes,
        runs);
  }

  BenchOptions withMinutes(int other) {
    return new BenchOptions(
        backend,
        againstStock,
        robots,
        series,
        other,
        latePercent,
        earlyCadence,
        horizonMinutes,
        runs);
  }

  private BenchOptions withLatePercent(int other) {
    return new BenchOptions(
        backend, againstStock, robots, series, minutes, other, earlyCadence, horizonMinutes, runs);
  }

  private BenchOptions withEarlyCadence(int other) {
    return new BenchOptions(
        backend, againstStock, robots, series, minutes, latePercent, other, horizonMinutes, runs);
  }

  private BenchOptions withHorizonMinutes(int other) {
    return new BenchOptions(
        backend, againstStock, robots, series, minutes, latePercent, earlyCadence, other, runs);
  }

  private BenchOptions withRuns(int other) {
    return new BenchOptions(
        backend,
        againstStock,
        robots,
        series,
        minutes,
        latePercent,
        earlyCadence,
        horizonMinutes,
        other);
  }

  SeriesOptions operatorOptions() {
    SeriesOptions defaults = SeriesOptions.DEFAULTS;
    return new SeriesOptions(
        Duration.ofMinutes(horizonMinutes),
        defaults.horizonPoints(),
        Duration.ofSeconds(earlyCadence),
        defaults.idle(),
        defaults.expiry(),
        defaults.expectedIntervals(),
        defaults.zone());
  }
}

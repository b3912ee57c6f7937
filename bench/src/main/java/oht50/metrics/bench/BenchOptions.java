package oht50.metrics.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.model.MetricKind;
import oht50.metrics.series.SeriesOptions;

/**
 * What to measure.
 *
 * @param backend where state is kept
 * @param againstStock whether Flink's own window operators are measured too
 * @param kind of all series
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
    MetricKind kind,
    int robots,
    int series,
    int minutes,
    int latePercent,
    int earlyCadence,
    int horizonMinutes,
    int runs) {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--backend", "heap",
          "--against", "nothing",
          "--kind", "gauge",
          "--robots", "100",
          "--series", "40",
          "--minutes", "30",
          "--late-percent", "6",
          "--early-cadence", "10",
          "--horizon-minutes", "120",
          "--runs", "5");

  static BenchOptions parse(String... args) {
    Map<String, String> options = BenchArguments.read(DEFAULTS, args);
    return new BenchOptions(
        Backend.valueOf(options.get("--backend").toUpperCase(Locale.ROOT)),
        options.get("--against").equals("stock"),
        MetricKind.valueOf(options.get("--kind").toUpperCase(Locale.ROOT)),
        number(options, "--robots"),
        number(options, "--series"),
        number(options, "--minutes"),
        number(options, "--late-percent"),
        number(options, "--early-cadence"),
        number(options, "--horizon-minutes"),
        number(options, "--runs"));
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(options.get(name));
  }

  SeriesOptions operatorOptions() {
    SeriesOptions defaults = SeriesOptions.DEFAULTS;
    return new SeriesOptions(
        Duration.ofMinutes(horizonMinutes),
        defaults.horizonPoints(),
        Duration.ofSeconds(earlyCadence),
        defaults.chunkCadence(),
        defaults.idle(),
        defaults.expiry(),
        defaults.expectedIntervals(),
        defaults.zone());
  }
}

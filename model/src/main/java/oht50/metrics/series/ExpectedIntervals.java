package oht50.metrics.series;

import java.io.Serializable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import oht50.metrics.model.Series;

/**
 * How often series are expected to speak: as often as they are scraped, by their label {@code job};
 * else by the longest matching prefix of the metric's name.
 *
 * <p>From the latter follows the span of a series' raw chunks: the shortest of the spans below that
 * holds about 100 points, at most the correction horizon. A span is a whole number of minutes and
 * divides the UTC day, so a chunk's start depends only on the series and the time.
 */
public final class ExpectedIntervals implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

  /** The beginnings of the names of what comes with a robot's telemetry. */
  static final List<String> TELEMETRY_PREFIXES =
      List.of("oht50_robot_", "oht50_navigation_", "oht50_dock_", "oht50_telemetry_");

  /** Telemetry comes once a second. */
  public static final Map<String, Duration> DEFAULT_BY_PREFIX =
      TELEMETRY_PREFIXES.stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), any -> Duration.ofSeconds(1)));

  public static final ExpectedIntervals DEFAULTS =
      new ExpectedIntervals(DEFAULT_INTERVAL, DEFAULT_BY_PREFIX);

  private static final long[] SPAN_MINUTES = {1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440};
  private static final int POINTS_PER_CHUNK = 100;

  private final Duration otherwise;
  private final List<Entry> longestFirst;
  // label job -> how often its targets are scraped
  private final Map<String, Duration> scraped;

  private record Entry(String prefix, Duration interval) implements Serializable {}

  public ExpectedIntervals(Duration otherwise, Map<String, Duration> byPrefix) {
    this(
        otherwise,
        byPrefix.entrySet().stream()
            .map(entry -> new Entry(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing((Entry entry) -> -entry.prefix.length())
                    .thenComparing(Entry::prefix))
            .toList(),
        Map.of());
  }

  private ExpectedIntervals(
      Duration otherwise, List<Entry> longestFirst, Map<String, Duration> scraped) {
    this.otherwise = otherwise;
    this.longestFirst = longestFirst;
    this.scraped = scraped;
  }

  /**
   * These, and those of what is scraped.
   *
   * @param byJob label {@code job} of the series -> how often
   */
  public ExpectedIntervals withScraped(Map<String, Duration> byJob) {
    return new ExpectedIntervals(otherwise, longestFirst, Map.copyOf(byJob));
  }

  /** Whether a robot sends it as often as its telemetry, whatever else there is of that. */
  static boolean comesWithTelemetry(Series series) {
    return series.kind().isPeriodic()
        && series.labels().get("robot_id") != null
        && TELEMETRY_PREFIXES.stream().anyMatch(series.name()::startsWith);
  }

  Duration of(Series series) {
    String job = series.labels().get("job");
    Duration interval = job == null ? null : scraped.get(job);
    return interval == null ? of(series.name()) : interval;
  }

  private Duration of(String metric) {
    for (Entry entry : longestFirst) {
      if (metric.startsWith(entry.prefix)) {
        return entry.interval;
      }
    }
    return otherwise;
  }

  /**
   * The span of the chunks of a metric's series, ms. How often it is scraped has no part in it: a
   * chunk must not have another span when a scrape file changes.
   */
  long chunkSpan(String metric, Duration horizon) {
    long wanted = POINTS_PER_CHUNK * of(metric).toMillis();
    long span = SPAN_MINUTES[0] * 60_000;
    for (long minutes : SPAN_MINUTES) {
      long candidate = minutes * 60_000;
      if (candidate > horizon.toMillis()) {
        break;
      }
      span = candidate;
      if (span >= wanted) {
        break;
      }
    }
    return span;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExpectedIntervals intervals
        && otherwise.equals(intervals.otherwise)
        && longestFirst.equals(intervals.longestFirst)
        && scraped.equals(intervals.scraped);
  }

  @Override
  public int hashCode() {
    return Objects.hash(otherwise, longestFirst, scraped);
  }
}

package oht50.metrics.exposition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Series;

/**
 * Requests per second of each endpoint, computed of {@code oht50_http_requests_total}: the requests
 * of the last minute that the watermark has passed, by event time, over its 60 seconds. What comes
 * late for that minute is in it. Not safe for several threads.
 *
 * <p>Kept of each source of requests: what is needed for that minute and those after it. For
 * requests that the job counts that is a number per minute; for a running total the readings, and
 * the last one before.
 *
 * <ul>
 *   <li>{@code increase = sum of steps between readings of the minute, the step into it included}
 *   <li>a reading below the one before is that of a counter that began anew at zero
 *   <li>a minute without readings of a running total has no rate; one without counted requests has
 *       the rate 0, until nothing has been heard for {@link ExpositionPage#LEVEL_EXPIRY_MILLIS}
 * </ul>
 */
final class Throughput {
  static final String METRIC = "oht50_api_throughput_requests_per_second";

  /** Sources of further requests are left out. */
  static final int MAX_SOURCES = 5 * ExpositionPage.MAX_SERIES;

  private static final String REQUESTS = "oht50_http_requests_total";
  private static final List<String> OF_A_RATE = List.of("endpoint", "instance", "job");
  private static final long MINUTE = 60_000;
  private static final double SECONDS = 60;
  private static final long[] NO_BUCKETS = {};

  private record Source(Tally.Form form, Labels labels) {}

  // source -> minute or time of reading, ms -> requests in it, or running total
  private final Map<Source, NavigableMap<Long, Double>> sources = new HashMap<>();

  /** Start of the minute that is shown; none before the first watermark. */
  private long minute = Long.MIN_VALUE;

  /** How samples of a series are evidence of throughput; null if they are none. */
  static Placement placement(Series series) {
    if (!series.name().equals(REQUESTS) || series.labels().get("endpoint") == null) {
      return null;
    }
    ExposedMetric metric = SeedMetrics.named(METRIC);
    return switch (series.kind()) {
      case DELTA ->
          new Placement(
              metric,
              Labels.of("endpoint", series.labels().get("endpoint")),
              Tally.Form.COUNT_IN_MINUTE);
      case COUNTER -> new Placement(metric, series.labels(), Tally.Form.READING);
      case GAUGE, STATE, TRACKED_STATE, HISTOGRAM, SUMMARY -> null;
    };
  }

  static long minuteOf(long timestamp) {
    return Math.floorDiv(timestamp, MINUTE) * MINUTE;
  }

  void take(Tally evidence) {
    Source source = new Source(evidence.form(), evidence.labels());
    if (!sources.containsKey(source) && sources.size() >= MAX_SOURCES) {
      return;
    }
    NavigableMap<Long, Double> kept = sources.computeIfAbsent(source, any -> new TreeMap<>());
    if (evidence.form() == Tally.Form.COUNT_IN_MINUTE) {
      kept.merge(evidence.timestamp(), evidence.value(), Double::sum);
    } else {
      kept.put(evidence.timestamp(), evidence.value());
    }
  }

  void onWatermark(long reached) {
    if (reached == Long.MAX_VALUE || reached < 0) {
      return;
    }
    minute = minuteOf(reached) - MINUTE;
    sources
        .values()
        .removeIf(kept -> kept.lastKey() + ExpositionPage.LEVEL_EXPIRY_MILLIS < minuteOf(reached));
    for (NavigableMap<Long, Double> kept : sources.values()) {
      Long before = kept.lowerKey(minute);
      if (before != null) {
        kept.headMap(before, false).clear();
      }
    }
  }

  /** What is to be kept. */
  List<PageEntry> entries() {
    List<PageEntry> entries = new ArrayList<>();
    sources.forEach(
        (source, kept) ->
            kept.forEach(
                (time, value) ->
                    entries.add(
                        PageEntry.of(
                            new Tally(
                                source.form, METRIC, source.labels, time, value, NO_BUCKETS)))));
    return entries;
  }

  /** The rates as levels of the page, by labels. */
  List<Tally> levels() {
    TreeMap<String, Tally> rates = new TreeMap<>();
    sources.forEach(
        (source, kept) -> {
          double requests = requests(source.form, kept);
          if (!Double.isNaN(requests)) {
            Labels labels = labelsOfRate(source.labels);
            rates.merge(labels.toString(), level(labels, requests / SECONDS), Throughput::sum);
          }
        });
    return rates.values().stream().limit(ExpositionPage.MAX_SERIES).toList();
  }

  private Tally level(Labels labels, double rate) {
    return new Tally(Tally.Form.LEVEL, METRIC, labels, minute + MINUTE, rate, NO_BUCKETS);
  }

  private static Tally sum(Tally one, Tally other) {
    return new Tally(
        one.form(),
        one.name(),
        one.labels(),
        one.timestamp(),
        one.value() + other.value(),
        NO_BUCKETS);
  }

  private static Labels labelsOfRate(Labels labels) {
    TreeMap<String, String> all = new TreeMap<>(labels.toMap());
    all.keySet().retainAll(OF_A_RATE);
    return Labels.of(all);
  }

  /** Of the minute that is shown; NaN if they are not known. */
  private double requests(Tally.Form form, NavigableMap<Long, Double> kept) {
    if (minute == Long.MIN_VALUE) {
      return Double.NaN;
    }
    return form == Tally.Form.COUNT_IN_MINUTE ? kept.getOrDefault(minute, 0.0) : increase(kept);
  }

  private double increase(NavigableMap<Long, Double> readings) {
    NavigableMap<Long, Double> within = readings.subMap(minute, true, minute + MINUTE, false);
    if (within.isEmpty()) {
      return Double.NaN;
    }
    Map.Entry<Long, Double> before = readings.lowerEntry(minute);
    double last = before == null ? within.firstEntry().getValue() : before.getValue();
    double increase = 0;
    for (double reading : within.values()) {
      increase += reading >= last ? reading - last : reading;
      last = reading;
    }
    return increase;
  }
}

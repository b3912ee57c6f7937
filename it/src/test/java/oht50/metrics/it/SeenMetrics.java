package oht50.metrics.it;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import oht50.metrics.exposition.ExposedMetric;
import oht50.metrics.exposition.SeedMetrics;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;

/**
 * What the table {@code metrics} and the page for Prometheus say of the metrics of {@link
 * SeedMetrics}, and the table of all others that are not scraped: a line each, in the order of
 * names,
 *
 * <pre>KIND NAME{LABELS} VALUE TIME</pre>
 *
 * Kind is the {@code metric_type} of the table, the {@code TYPE} of the page. Times are those of
 * the table, counted in seconds from a minute; what is scraped again and again has one line for all
 * samples of a value, and {@code scraped} in place of a time. The buckets, count and sum of a
 * histogram of running totals are one line: {@code NAME{LABELS} count N sum S in BOUND:N …}, where
 * a bucket has what lies above the bound before it, and empty ones are left out.
 *
 * <p>A latency of the job's own depends on when a message is sent, so {@code latency} stands for
 * its values, and for the sum of them.
 */
final class SeenMetrics {
  static final String LATENCY = "oht50_telemetry_latency_seconds";

  private static final String THROUGHPUT = "oht50_api_throughput_requests_per_second";
  private static final Set<String> NAMES =
      SeedMetrics.ALL.stream().map(ExposedMetric::name).collect(Collectors.toSet());
  private static final Pattern PART = Pattern.compile("(.*)_(bucket|count|sum)");
  private static final String LE = "le";
  private static final String SCRAPED = " scraped";

  /** Scraped totals do not grow: how many minutes without a request are over is no matter. */
  private static final String ROWS =
      """
      SELECT metric_type, metric_name, metric_value::text,
        CASE WHEN NOT labels ? 'job' THEN extract(epoch FROM "timestamp")::text END, labels
      FROM metrics
      WHERE metric_name <> 'oht50_robot_info' -- one for each minute that the test takes
        AND (metric_name ~ '^(%s)(_bucket|_count|_sum)?$' OR NOT labels ? 'job')
        AND NOT (metric_name = '%s' AND labels ? 'job' AND metric_value = 0)
      GROUP BY 1, 2, 3, 4, 5
      """
          .formatted(String.join("|", NAMES), THROUGHPUT);

  /** A histogram or a summary, of running totals. */
  private static final class Distribution {
    private final Map<String, Double> totals = new TreeMap<>(); // count, sum
    private final Map<Double, Double> cumulative = new TreeMap<>(); // by upper bound

    void add(String part, String bound, double value) {
      Double before =
          part.equals("bucket") ? cumulative.put(bound(bound), value) : totals.put(part, value);
      if (before != null) {
        throw new AssertionError("both " + before + " and " + value + " are its " + part);
      }
    }

    private static double bound(String text) {
      return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /**
     * @param sum in place of the sum, or null
     */
    String text(String sum) {
      StringBuilder text = new StringBuilder();
      text.append("count ").append(plain(totals.getOrDefault("count", Double.NaN)));
      text.append(" sum ");
      text.append(sum == null ? plain(totals.getOrDefault("sum", Double.NaN)) : sum);
      text.append(cumulative.isEmpty() ? " without buckets" : " in");
      double below = 0;
      for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
        if (bucket.getValue() != below) {
          text.append(' ').append(plain(bucket.getKey()));
          text.append(':').append(plain(bucket.getValue() - below));
        }
        below = bucket.getValue();
      }
      return text.toString();
    }
  }

  private final List<String> lines = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();

  // kind NAME{LABELS} -> what is known of it
  private final Map<String, Distribution> distributions = new TreeMap<>();

  private SeenMetrics() {}

  /**
   * @param minute from which times are counted
   */
  static SeenMetrics inTables(Stack stack, Instant minute) {
    SeenMetrics seen = new SeenMetrics();
    for (String row : stack.rows(ROWS)) {
      String[] columns = row.split("\\|", 5);
      seen.add(
          columns[0],
          columns[1],
          ScrapedPage.labels(columns[4]),
          Double.parseDouble(columns[2]),
          columns[3].equals("null") ? SCRAPED : " " + seconds(columns[3], minute) + "s");
    }
    seen.fold(SCRAPED);
    return seen;
  }

  static SeenMetrics onPage(ScrapedPage page) {
    SeenMetrics seen = new SeenMetrics();
    for (ScrapedPage.Sample sample : page.samples()) {
      String metric = SeenMetrics.metric(sample.name());
      String kind = page.types().getOrDefault(metric, "untyped");
      seen.add(kind, sample.name(), sample.labels(), sample.value(), "");
    }
    seen.fold("");
    return seen;
  }

  private void add(
      String kind, String name, Map<String, String> labels, double value, String when) {
    String metric = metric(name);
    names.add(metric);
    if (!metric.equals(name)) {
      Map<String, String> others = new TreeMap<>(labels);
      String bound = others.remove(LE);
      distributions
          .computeIfAbsent(kind + " " + series(metric, others), any -> new Distribution())
          .add(name.substring(metric.length() + 1), bound, value);
      return;
    }
    lines.add(
        kind
            + " "
            + series(name, labels)
            + " "
            + (name.equals(LATENCY) ? "latency" : plain(value))
            + when);
  }

  private void fold(String when) {
    distributions.forEach(
        (series, distribution) ->
            lines.add(
                series
                    + " "
                    + distribution.text(
                        series.startsWith("histogram " + LATENCY) ? "latency" : null)
                    + when));
    lines.sort(Comparator.comparing(line -> line.substring(line.indexOf(' '))));
  }

  private static String seconds(String epoch, Instant minute) {
    return new BigDecimal(epoch)
        .subtract(BigDecimal.valueOf(minute.getEpochSecond()))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The metric of which a name is a part, or itself. */
  private static String metric(String name) {
    Matcher part = PART.matcher(name);
    return part.matches() && NAMES.contains(part.group(1)) ? part.group(1) : name;
  }

  private static String series(String name, Map<String, String> labels) {
    return Series.of(name, Labels.of(labels), MetricKind.GAUGE).canonical();
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : value == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(value);
  }

  List<String> lines() {
    return lines;
  }

  /** Those of the specification of which nothing was seen. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>(NAMES);
    missing.removeAll(names);
    return missing;
  }
}

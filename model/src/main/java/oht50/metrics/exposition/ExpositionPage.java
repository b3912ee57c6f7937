package oht50.metrics.exposition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;

/**
 * All series of the page. Not safe for several threads.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>counters and histograms are shown as of the last complete checkpoint: what came after it
 *       may have to be taken back and come again, and Prometheus takes a fall for a counter that
 *       began anew at zero
 *   <li>a count is the sum of all increments, or the highest such sum if that was higher
 *   <li>a level is the newest by event time; it leaves with a stale marker, or when the watermark
 *       is {@link #LEVEL_EXPIRY_MILLIS} past it
 *   <li>throughput is computed of the requests of the last complete minute, unless it is reported:
 *       {@link Throughput}
 *   <li>a metric has at most {@link #MAX_SERIES} series: counts and observations of further ones
 *       are summed in one series whose labels all say {@link #OVERFLOW}, further levels are not
 *       shown
 * </ul>
 */
public final class ExpositionPage {
  /** As long as Prometheus itself shows a sample that has no successor. */
  static final long LEVEL_EXPIRY_MILLIS = 300_000;

  static final int MAX_SERIES = 1_000;
  static final String OVERFLOW = "__overflow__";

  /**
   * One series as it is scraped.
   *
   * @param values the value; of a histogram the sum, then the count of each bucket, not cumulative
   */
  public record Row(ExposedMetric metric, Labels labels, double[] values) {}

  // Counts before levels: what the job counts itself is shown, whatever a source reports.
  private record Key(String name, String labels, Tally.Form form) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name)
            .thenComparing(Key::labels)
            .thenComparingInt(key -> key.form.code());

    static Key of(Tally tally) {
      return new Key(tally.name(), tally.labels().toString(), tally.form());
    }

    boolean isOfSameSeriesAs(Key other) {
      return other != null && name.equals(other.name) && labels.equals(other.labels);
    }
  }

  private final Map<Key, PageEntry> entries = new TreeMap<>(Key.ORDER);

  /** Counters and histograms of the last complete checkpoint. */
  private Map<Key, PageEntry> complete = Map.of();

  // metric name -> number of its series
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Throughput throughput = new Throughput();
  private long watermark = Long.MIN_VALUE;

  /**
   * A page as it was kept, without what is no longer on it. A histogram whose bounds have changed
   * since begins anew.
   */
  public static ExpositionPage of(Iterable<PageEntry> kept) {
    ExpositionPage page = new ExpositionPage();
    for (PageEntry entry : kept) {
      ExposedMetric metric = SeedMetrics.named(entry.tally().name());
      if (entry.tally().form().isOfATime()) {
        page.throughput.take(entry.tally());
      } else if (metric != null && entry.bounds().equals(metric.bounds())) {
        page.put(Key.of(entry.tally()), entry);
      }
    }
    page.show(page.entries());
    return page;
  }

  public void take(Tally tally) {
    if (tally.form().isOfATime()) {
      throughput.take(tally);
      return;
    }
    boolean level = tally.form() == Tally.Form.LEVEL;
    if (level && isExpired(tally)) {
      return;
    }
    Key key = Key.of(tally);
    PageEntry before = entries.get(key);
    if (before != null) {
      put(key, before.plus(tally));
    } else if (sizes.getOrDefault(tally.name(), 0) < MAX_SERIES) {
      put(key, PageEntry.of(tally));
    } else if (!level) {
      Tally overflowing = tally.withLabels(overflow(tally.labels()));
      entries.merge(
          Key.of(overflowing), PageEntry.of(overflowing), (sum, more) -> sum.plus(more.tally()));
    }
  }

  private void put(Key key, PageEntry entry) {
    if (entries.put(key, entry) == null) {
      sizes.merge(key.name(), 1, Integer::sum);
    }
  }

  private static Labels overflow(Labels labels) {
    TreeMap<String, String> all = new TreeMap<>(labels.toMap());
    all.replaceAll((name, value) -> OVERFLOW);
    return Labels.of(all);
  }

  /** Levels that nobody has renewed leave. */
  public void onWatermark(long reached) {
    watermark = reached;
    throughput.onWatermark(reached);
    Iterator<Map.Entry<Key, PageEntry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, PageEntry> entry = all.next();
      if (entry.getKey().form() == Tally.Form.LEVEL && isExpired(entry.getValue().tally())) {
        all.remove();
        sizes.merge(entry.getKey().name(), -1, Integer::sum);
      }
    }
  }

  private boolean isExpired(Tally level) {
    return watermark != Long.MAX_VALUE && level.timestamp() + LEVEL_EXPIRY_MILLIS < watermark;
  }

  /** What is to be kept; of this moment. */
  public List<PageEntry> entries() {
    List<PageEntry> all = new ArrayList<>(entries.values());
    all.addAll(throughput.entries());
    return all;
  }

  /** Shows counters and histograms as they were kept, now that they are safe. */
  public void show(List<PageEntry> kept) {
    Map<Key, PageEntry> safe = new HashMap<>();
    for (PageEntry entry : kept) {
      if (metric(entry).type() != ExposedMetric.Type.GAUGE) { // nor evidence of one
        safe.put(Key.of(entry.tally()), entry);
      }
    }
    complete = safe;
  }

  /** What is to be scraped, by name and labels; of this moment. */
  public Collection<Row> rows() {
    TreeMap<Key, PageEntry> shown = new TreeMap<>(Key.ORDER);
    shown.putAll(complete);
    entries.forEach(
        (key, entry) -> {
          if (metric(entry).type() == ExposedMetric.Type.GAUGE) {
            shown.put(key, entry);
          }
        });
    shown.values().removeIf(ExpositionPage::hasEnded);
    for (Tally rate : throughput.levels()) {
      shown.putIfAbsent(Key.of(rate), PageEntry.of(rate)); // whoever reports it knows better
    }
    List<Row> rows = new ArrayList<>(shown.size());
    Key last = null;
    for (Map.Entry<Key, PageEntry> entry : shown.entrySet()) {
      Tally tally = entry.getValue().tally();
      if (!entry.getKey().isOfSameSeriesAs(last)) {
        rows.add(new Row(metric(entry.getValue()), tally.labels(), values(entry.getValue())));
      }
      last = entry.getKey();
    }
    return rows;
  }

  private static ExposedMetric metric(PageEntry entry) {
    return SeedMetrics.named(entry.tally().name());
  }

  private static boolean hasEnded(PageEntry entry) {
    return entry.tally().form() == Tally.Form.LEVEL && StaleMarker.is(entry.tally().value());
  }

  private static double[] values(PageEntry entry) {
    Tally tally = entry.tally();
    return switch (tally.form()) {
      case INCREMENT -> new double[] {entry.shown()};
      case LEVEL, COUNT_IN_MINUTE, READING -> new double[] {tally.value()};
      case OBSERVATIONS -> {
        double[] values = new double[tally.buckets().length + 1];
        values[0] = tally.value();
        for (int i = 1; i < values.length; i++) {
          values[i] = tally.buckets()[i - 1];
        }
        yield values;
      }
    };
  }
}

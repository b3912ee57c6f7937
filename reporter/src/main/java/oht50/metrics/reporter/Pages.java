package oht50.metrics.reporter;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.Gauge;

/**
 * The pages of all jobs in this process as one. Of a series that is on two pages the page that came
 * last counts: while a job restarts, that of its new attempt.
 */
final class Pages implements MultiCollector {
  private final List<Gauge<?>> pages = new CopyOnWriteArrayList<>();

  void add(Gauge<?> page) {
    pages.add(page);
  }

  void remove(Gauge<?> page) {
    pages.remove(page);
  }

  @Override
  public MetricSnapshots collect() {
    // metric name -> labels -> row
    Map<String, Map<List<String>, PageRow>> metrics = new LinkedHashMap<>();
    for (Gauge<?> page : pages) {
      for (PageRow row : PageRow.allOf(page.getValue())) {
        metrics.computeIfAbsent(row.name(), name -> new LinkedHashMap<>()).put(row.labels(), row);
      }
    }
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    metrics.values().forEach(rows -> snapshots.metricSnapshot(PageRow.snapshot(rows.values())));
    return snapshots.build();
  }
}

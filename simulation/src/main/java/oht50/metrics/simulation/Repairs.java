package oht50.metrics.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.time.Interval;

/**
 * What the rounds of the repair make of the tables: a topic of backfills, some of which come again
 * after a crash.
 */
final class Repairs {
  private static final long DAY = 24 * 3_600_000L;

  private final Tables tables;
  private final Coverage coverage;
  private final Map<Long, Series> catalog = new HashMap<>();
  private final Deque<Backfill> topic = new ArrayDeque<>(); // not consumed yet
  private final Deque<Backfill> consumed = new ArrayDeque<>(); // since the newest snapshot
  private Set<RepairWindow> ripe = new LinkedHashSet<>(); // asked for before the newest snapshot

  Repairs(Tables tables, Coverage coverage) {
    this.tables = tables;
    this.coverage = coverage;
  }

  /** A message is about to be taken in. */
  void arrives(Object message) {
    if (message instanceof SampleBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        catalog.put(batch.layout().series(i).id(), batch.layout().series(i));
      }
    } else if (message instanceof Occurrence fact) {
      for (int i = 0; i < fact.series().size(); i++) {
        catalog.put(fact.series().series(i).id(), fact.series().series(i));
      }
    }
  }

  /** A checkpoint has completed: what was asked for before it began is computed now. */
  void snapshot() {
    consumed.clear();
    Set<RepairWindow> asked = ripe;
    ripe = new LinkedHashSet<>(tables.requests());
    asked.retainAll(ripe);
    send(asked);
    ripe.removeAll(asked);
  }

  /** All that is asked for, at a time when everything has been written. */
  void round() {
    send(new LinkedHashSet<>(tables.requests()));
  }

  void restore(boolean afterCrash) {
    while (afterCrash && !consumed.isEmpty()) {
      topic.addFirst(consumed.removeLast());
    }
    consumed.clear();
  }

  /** The next of the topic, or null. */
  Backfill next() {
    Backfill next = topic.poll();
    if (next != null) {
      consumed.add(next);
    }
    return next;
  }

  private void send(Set<RepairWindow> asked) {
    Map<String, List<RepairWindow>> questions = new TreeMap<>();
    Map<String, List<RepairWindow>> groups = new TreeMap<>();
    for (RepairWindow window : asked) {
      boolean isKnown = window.windowStart() + length(window) <= window.frontier();
      String group = window.seriesId() + "/" + Math.floorDiv(window.windowStart(), DAY);
      (isKnown ? groups : questions).computeIfAbsent(group, any -> new ArrayList<>()).add(window);
      if (isKnown) {
        tables.answered(window); // a question stays until it is answered
      }
    }
    for (List<RepairWindow> windows : questions.values()) {
      coverage.add(What.REPAIR_QUESTIONS);
      topic.add(
          Backfill.question(
              series(windows),
              0,
              windows.stream().map(each -> each.withFrontier(RepairWindow.UNKNOWN)).toList()));
    }
    for (List<RepairWindow> windows : groups.values()) {
      coverage.add(What.BACKFILLS);
      topic.add(backfill(series(windows), windows));
    }
  }

  private static long length(RepairWindow window) {
    return window.interval() == Interval.DAY
        ? 26 * Interval.HOUR.millis()
        : window.interval().millis();
  }

  private Series series(List<RepairWindow> windows) {
    return catalog.get(windows.get(0).seriesId());
  }

  private Backfill backfill(Series series, List<RepairWindow> windows) {
    long first = windows.stream().mapToLong(RepairWindow::windowStart).min().orElseThrow();
    long last = windows.stream().mapToLong(RepairWindow::windowStart).max().orElseThrow();
    long frontier = windows.stream().mapToLong(RepairWindow::frontier).max().orElseThrow();
    long from = first - Backfill.REACH_BEFORE;
    long until = Math.min(frontier, last + Backfill.reachAfter(SeriesOptions.DEFAULTS.expiry()));
    TreeMap<Long, Double> points = tables.points(series.id());
    TreeMap<Long, Double> before = new TreeMap<>(points.headMap(from));
    if (series.kind() == MetricKind.COUNTER) {
      before.values().removeIf(StaleMarker::is);
    }
    Map<Long, Double> span = points.subMap(from, Math.max(from, until));
    return new Backfill(
        series,
        tables.incarnation(series.id()),
        from,
        until,
        before.isEmpty() ? Backfill.NOTHING_SAID : before.lastKey(),
        before.isEmpty() ? 0 : before.lastEntry().getValue(),
        span.keySet().stream().mapToLong(Long::longValue).toArray(),
        span.values().stream().mapToDouble(Double::doubleValue).toArray(),
        windows);
  }
}

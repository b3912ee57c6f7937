package oht50.metrics.bench.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.alerting.Alert;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RuleGroup;

/**
 * All rules over all series in one place, tick by tick, as Prometheus evaluates them: nothing is
 * divided, corrected or forgotten. What the evaluator itself costs.
 */
final class OnePlaceEngine implements RuleEngine {
  private final PointStore points = new PointStore();
  private final Evaluator evaluator = new Evaluator(points, EvaluationOptions.DEFAULT);
  private final List<GroupRun> groups;
  private final Map<SeriesLayout, Labels[]> labels = new HashMap<>();
  private final Set<String> ever = new TreeSet<>();
  private final Set<String> now = new TreeSet<>();
  private long lastTick = Long.MIN_VALUE;
  private long ticks;

  OnePlaceEngine(List<RuleGroup> groups) {
    this.groups = groups.stream().map(each -> new GroupRun(each, Installation.UNNAMED)).toList();
  }

  @Override
  public void process(SampleBatch batch) {
    Labels[] ofSeries = labels.computeIfAbsent(batch.layout(), OnePlaceEngine::labels);
    for (int i = 0; i < ofSeries.length; i++) {
      points.put(ofSeries[i], batch.timestamp(i), batch.values()[i]);
    }
  }

  private static Labels[] labels(SeriesLayout layout) {
    Labels[] all = new Labels[layout.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = layout.series(i).labels().with(LabelMatcher.METRIC_NAME, layout.series(i).name());
    }
    return all;
  }

  @Override
  public void watermark(long time) {
    long interval = INTERVAL.toMillis();
    long tick = Math.floorDiv(time, interval) * interval;
    if (tick > lastTick) {
      lastTick = tick;
      ticks++;
      for (GroupRun group : groups) {
        group.run(tick, evaluator, points::put).forEach(OnePlaceEngine::refuse);
      }
      noteAlerts();
    }
  }

  private static void refuse(GroupRun.Failed failed) {
    throw new IllegalStateException(failed.rule().words() + ": " + failed.message());
  }

  private void noteAlerts() {
    now.clear();
    for (GroupRun group : groups) {
      for (GroupRun.OfRule rule : group.alerts()) {
        for (Alert alert : rule.alerts()) {
          if (alert.status().state() == AlertState.FIRING) {
            now.add(PublishedAlerts.text(alert.labels()));
          }
        }
      }
    }
    ever.addAll(now);
  }

  @Override
  public FiredAlerts alerts() {
    return new FiredAlerts(Set.copyOf(ever), Set.copyOf(now));
  }

  @Override
  public String summary() {
    return ticks + " ticks, " + alerts().summary();
  }

  @Override
  public void close() {}
}

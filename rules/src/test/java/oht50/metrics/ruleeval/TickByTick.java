package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import oht50.metrics.alerting.Alert;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/** What rules say when they are run tick by tick over sorted input, as Prometheus does. */
public final class TickByTick {
  private record Value(long time, Labels labels, double value) {}

  private final List<RuleGroup> groups;
  private final long defaultInterval;
  private final PointStore points = new PointStore();
  private final Evaluator evaluator;
  private final Map<String, String> alerts = new TreeMap<>();
  private int failures;

  private TickByTick(List<RuleGroup> groups, EvaluationOptions options, long defaultInterval) {
    this.groups = groups;
    this.defaultInterval = defaultInterval;
    this.evaluator = new Evaluator(points, options);
  }

  /**
   * @param defaultInterval of groups that say none, ms
   * @param from all ticks of whole seconds from it on, ms
   * @param until and including it, ms
   */
  public static TickByTick run(
      List<RuleGroup> groups,
      EvaluationOptions options,
      long defaultInterval,
      List<SampleBatch> batches,
      long from,
      long until) {
    TickByTick run = new TickByTick(groups, options, defaultInterval);
    run.run(sorted(batches), from / 1_000 * 1_000, until);
    return run;
  }

  /** From the oldest sample on, with the interval of {@link PartDriver}. */
  static TickByTick run(
      List<RuleGroup> groups, EvaluationOptions options, List<SampleBatch> batches, long until) {
    long interval = PartDriver.INTERVAL.toMillis();
    return run(groups, options, interval, batches, begin(batches), until);
  }

  /** The time of the oldest sample, ms. */
  static long begin(List<SampleBatch> batches) {
    return batches.stream()
        .flatMapToLong(batch -> LongStream.of(batch.timestamps()))
        .min()
        .orElseThrow();
  }

  /** Of each series and time the value of the highest position, of one the last. */
  private static List<Value> sorted(List<SampleBatch> batches) {
    List<SampleBatch> byPosition = new ArrayList<>(batches);
    byPosition.sort(
        Comparator.comparingLong(SampleBatch::sourceId).thenComparingLong(SampleBatch::offset));
    Map<String, Value> last = new TreeMap<>();
    for (SampleBatch batch : byPosition) {
      for (int i = 0; i < batch.size(); i++) {
        Labels labels = PartSeries.labels(batch.layout().series(i));
        long time = batch.timestamp(i);
        last.put(labels + " " + time, new Value(time, labels, batch.values()[i]));
      }
    }
    List<Value> sorted = new ArrayList<>(last.values());
    sorted.sort(Comparator.comparingLong(Value::time));
    return sorted;
  }

  private void run(List<Value> sorted, long first, long until) {
    List<GroupRun> runs =
        groups.stream().map(group -> new GroupRun(group, Installation.UNNAMED)).toList();
    int next = 0;
    for (long tick = first; tick <= until; tick += 1_000) {
      for (; next < sorted.size() && sorted.get(next).time() <= tick; next++) {
        Value value = sorted.get(next);
        points.put(value.labels(), value.time(), value.value());
      }
      for (GroupRun run : runs) {
        if (tick % interval(run.group()) == 0) {
          failures += run.run(tick, evaluator, points::put).size();
          run.alerts().forEach(this::note);
        }
      }
    }
  }

  private long interval(RuleGroup group) {
    return group.intervalMillis() == RuleGroup.DEFAULT_INTERVAL
        ? defaultInterval
        : group.intervalMillis();
  }

  private void note(GroupRun.OfRule ofRule) {
    for (Alert alert : ofRule.alerts()) {
      boolean isFiring = alert.status().state() == AlertState.FIRING;
      boolean hasEnded =
          alert.status().state() == AlertState.INACTIVE && alert.status().resolvedAt() > 0;
      if (isFiring || hasEnded) {
        alerts.put(
            Standing.identity(ofRule.rule().name(), alert.labels(), alert.status().activeAt()),
            Standing.times(
                alert.status().firedAt(),
                isFiring ? AlertTransition.OPEN : alert.status().resolvedAt()));
      }
    }
  }

  public Map<String, String> standing() {
    return alerts;
  }

  public int failures() {
    return failures;
  }

  public RecordedSeries recorded() {
    RecordedSeries recorded = new RecordedSeries();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (rule instanceof RecordingRule) {
          List<LabelMatcher> matchers = List.of(LabelMatcher.ofMetric(rule.name()));
          for (StoredSeries series : points.select(matchers, 0, Long.MAX_VALUE)) {
            for (int i = series.from(); i < series.to(); i++) {
              recorded.put(series.labels(), series.timestamps()[i], series.values()[i]);
            }
          }
        }
      }
    }
    return recorded;
  }
}

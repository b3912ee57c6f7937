package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleeval.RecordedSeries;
import oht50.metrics.ruleeval.Standing;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;

/**
 * Rules over sorted points, tick by tick, each as a whole: nothing of the product but how an
 * expression is evaluated, and from which tick on a rule of a later set speaks.
 */
final class NaiveRules {
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<Labels, TreeMap<Long, Double>> points = new TreeMap<>(MetricLabels.ORDER);
  private final RecordedSeries recorded = new RecordedSeries();
  private final Map<String, String> alerts = new TreeMap<>();
  private final Map<RuleHistories.Life, Running> rules = new IdentityHashMap<>();
  private final Evaluator evaluator = new Evaluator(this::select, RuleSetup.OPTIONS);

  /** A rule at the tick at hand, and what is known of it. */
  private static final class Running {
    final RuleHistories.Life life;
    final Map<Labels, Active> active = new HashMap<>();
    Set<Labels> written = Set.of();

    Running(RuleHistories.Life life) {
      this.life = life;
    }
  }

  /** An alert whose condition holds, or that fires on without it. */
  private static final class Active {
    final long since;
    long firedAt = NEVER;
    long quietSince = NEVER;

    Active(long since) {
      this.since = since;
    }
  }

  private NaiveRules(List<RuleHistories.Life> lives) {
    lives.forEach(life -> rules.put(life, new Running(life)));
  }

  /**
   * @param batches of one position the last one counts, of one series and time the highest position
   */
  static NaiveRules run(
      RuleHistories.Lives lives, List<SampleBatch> batches, long from, long until) {
    NaiveRules naive = new NaiveRules(lives.all());
    naive.sort(batches);
    for (long tick = from; tick <= until; tick += 1_000) {
      for (RuleHistories.Life life : lives.inOrder(tick)) {
        if (tick % life.interval() == 0) {
          naive.evaluate(naive.rules.get(life), tick);
        }
      }
    }
    naive.rules.values().forEach(rule -> naive.noteFiring(rule, until));
    return naive;
  }

  private void sort(List<SampleBatch> batches) {
    List<SampleBatch> byPosition = new ArrayList<>(batches);
    byPosition.sort(
        Comparator.comparingLong(SampleBatch::sourceId).thenComparingLong(SampleBatch::offset));
    for (SampleBatch batch : byPosition) {
      for (int i = 0; i < batch.size(); i++) {
        var series = batch.layout().series(i);
        Labels labels = series.labels().with(LabelMatcher.METRIC_NAME, series.name());
        put(labels, batch.timestamp(i), batch.values()[i]);
      }
    }
  }

  private void put(Labels labels, long time, double value) {
    points.computeIfAbsent(labels, any -> new TreeMap<>()).put(time, value);
  }

  private List<StoredSeries> select(List<LabelMatcher> matchers, long after, long until) {
    List<StoredSeries> selected = new ArrayList<>();
    points.forEach(
        (labels, all) -> {
          var some = all.subMap(after, false, until, true);
          if (!some.isEmpty()
              && matchers.stream().allMatch(each -> each.matches(labels.get(each.name())))) {
            selected.add(
                StoredSeries.of(
                    labels,
                    some.keySet().stream().mapToLong(time -> time).toArray(),
                    some.values().stream().mapToDouble(value -> value).toArray()));
          }
        });
    return selected;
  }

  private void evaluate(Running running, long tick) {
    RuleHistories.Life life = running.life;
    long time = tick - life.group().queryOffsetMillis();
    Rule rule = life.rule(tick);
    Map<Labels, Double> said = new TreeMap<>(MetricLabels.ORDER);
    if (life.validity().at(tick)) {
      for (QueryResult.Sample sample : samples(rule, time)) {
        if (said.put(labels(rule, sample.labels()), sample.value()) != null) {
          throw new IllegalStateException(rule.words() + " fails at " + tick);
        }
      }
    }
    if (rule instanceof AlertingRule alert) {
      judge(running, alert, tick, said.keySet());
    } else {
      record(running, time, said);
    }
  }

  private List<QueryResult.Sample> samples(Rule rule, long time) {
    QueryResult result = evaluator.instant(rule.expr(), time);
    return result instanceof QueryResult.Scalar scalar
        ? List.of(new QueryResult.Sample(Labels.EMPTY, scalar.value()))
        : ((QueryResult.Vector) result).samples();
  }

  private static Labels labels(Rule rule, Labels ofSample) {
    return rule instanceof RecordingRule
        ? ofSample.with(LabelMatcher.METRIC_NAME, rule.name())
        : ofSample.without(List.of(LabelMatcher.METRIC_NAME)).with("alertname", rule.name());
  }

  /** A series that is not said any more ends, unless another rule goes on with it. */
  private void record(Running running, long time, Map<Labels, Double> said) {
    Set<Labels> ended = new HashSet<>(running.written);
    ended.removeAll(said.keySet());
    for (Labels labels : ended) {
      if (recorded.get(labels, time) == null) {
        write(labels, time, StaleMarker.VALUE);
      }
    }
    said.forEach((labels, value) -> write(labels, time, value));
    running.written = Set.copyOf(said.keySet());
  }

  private void write(Labels labels, long time, double value) {
    put(labels, time, value);
    recorded.put(labels, time, value);
  }

  private void judge(Running running, AlertingRule rule, long tick, Set<Labels> held) {
    long keep = running.life.validity().at(tick) ? rule.keepFiringForMillis() : 0;
    for (Labels labels : held) {
      running.active.computeIfAbsent(labels, any -> new Active(tick)).quietSince = NEVER;
    }
    for (Labels labels : Set.copyOf(running.active.keySet())) {
      Active alert = running.active.get(labels);
      if (!held.contains(labels)) {
        alert.quietSince = alert.quietSince == NEVER ? tick : alert.quietSince;
        if (alert.firedAt == NEVER || tick - alert.quietSince >= keep) {
          running.active.remove(labels);
          note(rule, labels, alert, tick);
          continue;
        }
      }
      if (tick - alert.since < rule.forMillis()) {
        alert.firedAt = NEVER; // it waits, or waits again for longer
      } else if (alert.firedAt == NEVER) {
        alert.firedAt = tick;
      }
    }
  }

  private void note(AlertingRule rule, Labels labels, Active alert, long endsAt) {
    if (alert.firedAt != NEVER) {
      alerts.put(
          Standing.identity(rule.name(), labels, alert.since),
          Standing.times(alert.firedAt, endsAt));
    }
  }

  private void noteFiring(Running running, long until) {
    if (running.life.rule(until) instanceof AlertingRule rule) {
      running.active.forEach((labels, alert) -> note(rule, labels, alert, AlertTransition.OPEN));
    }
  }

  Map<String, String> alerts() {
    return alerts;
  }

  RecordedSeries recorded() {
    return recorded;
  }
}

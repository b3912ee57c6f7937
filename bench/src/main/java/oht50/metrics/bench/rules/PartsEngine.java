package oht50.metrics.bench.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.ruleeval.PartOutput;
import oht50.metrics.ruleeval.PartRules;
import oht50.metrics.ruleeval.RecordedPoint;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Partitioning;

/** Each robot is a part that {@link PartRules} evaluates, without Flink around it. */
final class PartsEngine implements RuleEngine, PartOutput {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final PartRules rules;
  private final boolean isStateBytes;
  private final Map<Long, PartState> parts = new HashMap<>(); // key of the robot -> its state
  private final Map<String, AlertTransition> last = new HashMap<>(); // alert id -> of highest turn
  private long watermark = Long.MIN_VALUE;
  private long transitions;
  private long recorded;

  /**
   * @throws IllegalArgumentException if a rule is not one of each robot alone
   */
  PartsEngine(List<RuleGroup> groups, boolean isStateBytes, Duration horizon) {
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (!Partitioning.of(rule, group).contains("robot_id")) {
          throw new IllegalArgumentException(
              rule.words() + " keeps no robot_id, and parts are robots here");
        }
      }
    }
    this.isStateBytes = isStateBytes;
    this.rules =
        new PartRules(groups, Installation.UNNAMED, EvaluationOptions.DEFAULT, INTERVAL, horizon);
  }

  @Override
  public void process(SampleBatch batch) {
    PartState part = parts.computeIfAbsent(batch.key(), key -> new PartState(isStateBytes));
    if (rules.onBatch(batch, watermark, part) > 0) {
      throw new IllegalStateException("samples beyond the horizon, which the bench does not send");
    }
  }

  @Override
  public void watermark(long time) {
    watermark = time;
    for (PartState part : parts.values()) {
      if (part.isDue(time)) {
        rules.onWatermark(time, time, part, this);
      }
    }
  }

  @Override
  public void transition(AlertTransition transition) {
    transitions++;
    last.merge(
        transition.alertId(), transition, (one, other) -> one.turn() >= other.turn() ? one : other);
  }

  @Override
  public void recorded(RecordedPoint point) {
    recorded++;
  }

  @Override
  public void failed(Rule rule, long tick, String message) {
    throw new IllegalStateException(rule.words() + " at " + tick + ": " + message);
  }

  @Override
  public FiredAlerts alerts() {
    Set<String> ever = new TreeSet<>();
    Set<String> now = new TreeSet<>();
    for (AlertTransition each : last.values()) {
      if (!each.withdrawn()) {
        String alert = text(each.labels());
        ever.add(alert);
        if (each.endsAt() == AlertTransition.OPEN) {
          now.add(alert);
        }
      }
    }
    return new FiredAlerts(ever, now);
  }

  static String text(Labels labels) {
    return MetricLabels.text(labels);
  }

  @Override
  public String summary() {
    return "%d transitions, %d recorded points, %s"
        .formatted(transitions, recorded, alerts().summary());
  }

  @Override
  public void close() {}
}

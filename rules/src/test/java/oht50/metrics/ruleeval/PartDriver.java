package oht50.metrics.ruleeval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.RuleOrders;
import oht50.metrics.ruleplan.RulePlans;
import oht50.metrics.ruleplan.RuleVersions;

/** A part that is driven by hand: time passes, and what was published is kept. */
final class PartDriver implements PartOutput {
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private final List<RuleGroup> groups;
  private final EvaluationOptions options;
  private final Duration horizon;
  private PartRules rules;
  private MapPartStore store = new MapPartStore();
  private long watermark = Long.MIN_VALUE;
  private long highestWatermark = Long.MIN_VALUE;

  final List<AlertTransition> transitions = new ArrayList<>();
  final List<RecordedPoint> points = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  int beyond;
  int passes;

  PartDriver(List<RuleGroup> groups, EvaluationOptions options, Duration horizon) {
    this.groups = groups;
    this.options = options;
    this.horizon = horizon;
    this.rules = rules(groups);
  }

  private PartRules rules(List<RuleGroup> some) {
    return new PartRules(
        PlacedRule.allOf(some),
        RuleOrders.OF_NUMBERS,
        RuleVersions.ONE,
        settings(options, horizon));
  }

  static RuleSettings settings(EvaluationOptions options, Duration horizon) {
    return new RuleSettings(
        Installation.UNNAMED,
        options,
        INTERVAL,
        horizon,
        RuleSettings.DEFAULT_MAX_LOOKBACK,
        SourceNames.NONE);
  }

  MapPartStore store() {
    return store;
  }

  /** The highest watermark so far, also of processes before. */
  long highestWatermark() {
    return highestWatermark;
  }

  void send(SampleBatch batch) {
    beyond += rules.onBatch(batch, watermark, store);
  }

  void watermark(long time) {
    watermark = Math.max(watermark, time);
    highestWatermark = Math.max(highestWatermark, time);
    if (!store.wakeUps().isEmpty() && store.wakeUps().first() <= watermark) {
      store.wakeUps().headSet(watermark, true).clear();
      passes++;
      rules.onWatermark(watermark, watermark, store, this);
    }
  }

  /** Another process goes on with what was written; the watermark begins low. */
  void restart() {
    restart(groups);
  }

  void restart(List<RuleGroup> others) {
    store = store.restored();
    rules = rules(others);
    watermark = Long.MIN_VALUE;
  }

  /** A rule set becomes known, as those that keep the label of robots see it. */
  void load(RulePlans plans, long effectiveFrom) {
    PlanName robots = new PlanName(PartKind.ROBOT, 0);
    rules =
        new PartRules(
            plans.plans().get(robots),
            plans.orders(robots),
            plans.versions(),
            settings(options, horizon));
    store.wakeAt(effectiveFrom);
  }

  @Override
  public void transition(AlertTransition transition) {
    transitions.add(transition);
  }

  @Override
  public void recorded(RecordingRule rule, RecordedPoint point) {
    points.add(point);
  }

  @Override
  public void handedOn(RecordedPoint point) {
    throw new AssertionError("everything is in one part");
  }

  @Override
  public void failed(Rule rule, long tick, String message) {
    failures.add(rule.words() + " at " + tick + ": " + message);
  }

  /** The last word on each alert that was not withdrawn: its times by what it is. */
  Map<String, String> standing() {
    return Standing.of(transitions);
  }

  /** The last word on each recorded point. */
  RecordedSeries recorded() {
    return RecordedSeries.of(points);
  }
}

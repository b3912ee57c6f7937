package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.alerting.Verdicts;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Partitioning;
import oht50.metrics.ruleplan.Reach;

/**
 * What has to be evaluated to explain a rule at a tick: the rule at the ticks up to it, the
 * recording rules that it looks at, and the points that all of these need.
 */
public final class ExplainPlan {
  private final EvaluationOptions options;
  private final long defaultInterval;
  private final List<RuleGroup> groups;
  private final RuleGroup group;
  private final Rule rule;
  private final Wanted wanted;
  private final long at;
  private final long tick;
  private final long firstTick;
  private final Map<Rule, Step> steps = new IdentityHashMap<>();

  /**
   * A rule that is evaluated.
   *
   * @param group of this rule alone
   * @param interval how far apart its ticks are, ms
   * @param firstTick the first of them
   * @param part which of its series matter; by these labels it can be divided
   */
  record Step(RuleGroup group, Rule rule, long interval, long firstTick, Wanted part) {
    boolean isTick(long time) {
      return time >= firstTick && Math.floorMod(time, interval) == 0;
    }
  }

  /**
   * Points that are needed: of {@code (afterMillis, untilMillis]}, and of counted series those of
   * {@link StoredPoints#EXPIRY_MILLIS} before, from which totals are.
   *
   * @param matchers of their series
   * @param part of these only those that meet it
   */
  public record PointsNeeded(
      List<LabelMatcher> matchers, Wanted part, long afterMillis, long untilMillis) {
    public boolean includes(Labels series) {
      return part.meets(series)
          && matchers.stream().allMatch(each -> each.matches(series.get(each.name())));
    }
  }

  /**
   * @param groups of all files, in their order; of them those recording rules that are looked at
   * @param group the rule's own, one of {@code groups}
   * @param wanted labels of alerts, or of recorded series
   * @param at the tick is the rule's last one not after it, ms
   * @param defaultInterval of groups that say none, ms
   * @param before how long before the tick, besides {@code for} and {@code keep_firing_for}, to
   *     look for where it began, ms
   * @throws IllegalArgumentException if an expression looks at no stretch before its tick, with the
   *     reasons
   */
  public ExplainPlan(
      List<RuleGroup> groups,
      RuleGroup group,
      Rule rule,
      Wanted wanted,
      long at,
      long defaultInterval,
      long before,
      EvaluationOptions options) {
    this.options = options;
    this.defaultInterval = defaultInterval;
    this.groups = List.copyOf(groups);
    this.group = group;
    this.rule = rule;
    this.wanted = wanted;
    this.at = at;
    long interval = interval(group);
    this.tick = Math.floorDiv(at, interval) * interval;
    long past =
        rule instanceof AlertingRule alert
            ? alert.forMillis() + alert.keepFiringForMillis() + before
            : 0;
    this.firstTick = Math.floorDiv(tick - past, interval) * interval;
    add(group, rule, firstTick, ofResult(), new HashSet<>());
  }

  /** What is asked of the series of the expression: not the labels that the rule sets itself. */
  Wanted ofResult() {
    List<String> set = new ArrayList<>(List.of(LabelMatcher.METRIC_NAME));
    if (rule instanceof AlertingRule alert) {
      set.add(Verdicts.ALERT_NAME);
      set.addAll(alert.labels().keySet());
    } else {
      set.addAll(((RecordingRule) rule).labels().keySet());
    }
    return wanted.without(set);
  }

  private long interval(RuleGroup of) {
    return of.intervalMillis() == RuleGroup.DEFAULT_INTERVAL
        ? defaultInterval
        : of.intervalMillis();
  }

  /**
   * @param path rules on the way here: one that looks at itself ends there
   */
  private void add(RuleGroup of, Rule added, long from, Wanted asked, Set<Long> path) {
    if (!path.add(added.id())) {
      return;
    }
    Wanted part = asked.within(Partitioning.of(added, of));
    long first = from;
    Step before = steps.get(added);
    if (before != null) {
      first = Math.min(first, before.firstTick);
      part = part.common(before.part);
    }
    RuleGroup alone =
        new RuleGroup(
            of.file(), of.name(), interval(of), of.queryOffsetMillis(), of.limit(), List.of(added));
    Step step = new Step(alone, added, interval(of), first, part);
    if (!step.equals(before)) {
      steps.put(added, step);
      for (Reach.Need need : needs(step)) {
        addRecorded(need, after(step, need), part, path);
      }
    }
    path.remove(added.id());
  }

  private List<Reach.Need> needs(Step step) {
    Reach reach = Reach.of(step.rule.expr(), options);
    if (!reach.unbounded().isEmpty()) {
      List<String> faults =
          reach.unbounded().stream().map(each -> each.place() + ": " + each.what()).toList();
      throw new IllegalArgumentException(step.rule.words() + ": " + String.join("; ", faults));
    }
    return reach.needs();
  }

  private static long after(Step step, Reach.Need need) {
    return step.firstTick - step.group.queryOffsetMillis() - need.millis();
  }

  private void addRecorded(Reach.Need need, long after, Wanted part, Set<Long> path) {
    for (RuleGroup each : groups) {
      for (Rule other : each.rules()) {
        if (other instanceof RecordingRule recording && mayRecord(recording, need.matchers())) {
          long interval = interval(each);
          // One tick more, so that what has ended before is ended by a marker.
          long first =
              Math.floorDiv(after + each.queryOffsetMillis(), interval) * interval - interval;
          add(each, other, first, part, path);
        }
      }
    }
  }

  private static boolean mayRecord(RecordingRule recording, List<LabelMatcher> matchers) {
    return matchers.stream()
        .filter(
            each ->
                each.name().equals(LabelMatcher.METRIC_NAME)
                    || recording.labels().containsKey(each.name()))
        .allMatch(
            each ->
                each.matches(
                    each.name().equals(LabelMatcher.METRIC_NAME)
                        ? recording.name()
                        : recording.labels().get(each.name())));
  }

  /** The points that are needed; some of them more than once. */
  public List<PointsNeeded> points() {
    List<PointsNeeded> points = new ArrayList<>();
    for (Step step : steps()) {
      for (Reach.Need need : needs(step)) {
        points.add(
            new PointsNeeded(
                need.matchers(),
                step.part,
                after(step, need),
                tick - step.group.queryOffsetMillis()));
      }
    }
    return points;
  }

  /** The rules in the order in which they are evaluated at a tick. */
  List<Step> steps() {
    List<Step> inOrder = new ArrayList<>();
    for (RuleGroup each : groups) {
      for (Rule other : each.rules()) {
        if (steps.containsKey(other)) {
          inOrder.add(steps.get(other));
        }
      }
    }
    return inOrder;
  }

  EvaluationOptions options() {
    return options;
  }

  public RuleGroup group() {
    return group;
  }

  public Rule rule() {
    return rule;
  }

  /** Whether it is an alert and no recording rule. */
  public boolean isOfAlert() {
    return rule instanceof AlertingRule;
  }

  public Wanted wanted() {
    return wanted;
  }

  /** What was asked for, ms. */
  public long at() {
    return at;
  }

  /** The tick that is explained, ms. */
  public long tick() {
    return tick;
  }

  /** The first tick that is looked at, ms. */
  public long firstTick() {
    return firstTick;
  }

  public long intervalMillis() {
    return interval(group);
  }
}

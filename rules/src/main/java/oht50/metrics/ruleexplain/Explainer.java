package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.alerting.Installation;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.rulefile.AlertingRule;

/**
 * Evaluates a rule up to a tick as production does, and at the tick looks at the parts of its
 * expression too: after the rules before it have written, and before those behind it do.
 */
public final class Explainer {
  private final ExplainPlan plan;
  private final StoredPoints points;
  private final Catalogue catalogue;
  private final int most;
  private final Map<ExplainPlan.Step, GroupRun> runs = new LinkedHashMap<>();
  private final Map<ExplainPlan.Step, String> failures = new HashMap<>(); // the newest of each

  /**
   * @param most how many series of a part are shown
   */
  public Explainer(ExplainPlan plan, StoredPoints points, Catalogue catalogue, int most) {
    this.plan = plan;
    this.points = points;
    this.catalogue = catalogue;
    this.most = most;
  }

  /** Once: what the rules write is among the points then. */
  public Explanation explain() {
    for (ExplainPlan.Step step : plan.steps()) {
      if (isExplained(step) || !isStored(step)) {
        runs.put(step, new GroupRun(step.group(), Installation.UNNAMED));
      }
    }
    Evaluator evaluator = new Evaluator(points, plan.options());
    AlertPast past = new AlertPast();
    for (long time : times()) {
      for (ExplainPlan.Step step : runs.keySet()) {
        boolean isLast = isExplained(step) && time == plan.tick();
        Part expression = isLast ? explained(evaluator) : null;
        if (step.isTick(time)) {
          run(step, time, evaluator, past);
        }
        if (isLast) {
          return explanation(expression, past);
        }
      }
    }
    throw new IllegalStateException("the rule has no tick at " + plan.tick());
  }

  private boolean isExplained(ExplainPlan.Step step) {
    return step.rule() == plan.rule();
  }

  private boolean isStored(ExplainPlan.Step step) {
    return points.hasMetric(step.rule().name());
  }

  private void run(ExplainPlan.Step step, long time, Evaluator evaluator, AlertPast past) {
    GroupRun run = runs.get(step);
    List<GroupRun.Failed> failed = run.run(time, evaluator, points);
    failed.forEach(each -> failures.put(step, each.message()));
    if (isExplained(step)) {
      past.note(time, failed, run.alerts().get(0).alerts());
    }
  }

  /** The ticks of all rules, ascending. */
  private SortedSet<Long> times() {
    SortedSet<Long> times = new TreeSet<>();
    for (ExplainPlan.Step step : runs.keySet()) {
      long first = Math.floorDiv(step.firstTick(), step.interval()) * step.interval();
      for (long time = first; time <= plan.tick(); time += step.interval()) {
        times.add(time);
      }
    }
    return times;
  }

  private Part explained(Evaluator evaluator) {
    PartContext context =
        new PartContext(
            evaluator, points, plan.options(), catalogue, new Moments(plan.tick()), most);
    long time = plan.tick() - plan.group().queryOffsetMillis();
    return new PartExplainer(context, time, plan.ofResult()).explain(plan.rule().expr());
  }

  private Explanation explanation(Part expression, AlertPast past) {
    List<AlertStory> stories =
        plan.rule() instanceof AlertingRule alert
            ? new AlertStories(past, AlertMachine.of(alert), plan).all()
            : List.of();
    return new Explanation(
        plan, points.size(), looked(), expression, past.failure(), past.failedTicks(), stories);
  }

  private List<Explanation.Looked> looked() {
    List<Explanation.Looked> looked = new ArrayList<>();
    for (ExplainPlan.Step step : plan.steps()) {
      if (!isExplained(step)) {
        looked.add(
            new Explanation.Looked(
                step.rule().words(),
                new NamedRule(step.group(), step.rule()).place(),
                !runs.containsKey(step),
                step.firstTick(),
                failures.get(step)));
      }
    }
    return looked;
  }
}

package oht50.metrics.ruleeval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import oht50.metrics.alerting.Recorded;
import oht50.metrics.alerting.RuleFailure;
import oht50.metrics.alerting.RuleQuery;
import oht50.metrics.alerting.RuleSample;
import oht50.metrics.alerting.Verdict;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.publication.AlertDifference;
import oht50.metrics.publication.AlertLedger;
import oht50.metrics.publication.IssuedAlert;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.Role;

/**
 * One pass over the ticks of a part that are due: those that time has reached and at which there
 * may be something to see, and those whose points have changed since they were evaluated. Ticks in
 * their order, and in a tick the rules in theirs, so that what a rule records is there for all that
 * look at it.
 */
final class PartPass {
  private final RulePlan plan;
  private final RuleSettings settings;
  private final PartStore store;
  private final PartOutput out;
  private final PartIndex index;
  private final PartPoints points;
  private final LateTicks late;
  private final Map<Integer, RuleWork> works = new HashMap<>(); // order of the rule -> its
  private final TreeSet<Long> kept = new TreeSet<>(); // ids of rules of which something is kept
  private final long evaluated;
  private final long until;
  private long frontier;

  /**
   * @param until all ticks up to it are due, ms
   */
  PartPass(
      RulePlan plan,
      RuleSettings settings,
      PartIndex index,
      long until,
      PartStore store,
      PartOutput out) {
    this.plan = plan;
    this.settings = settings;
    this.store = store;
    this.out = out;
    this.index = index;
    this.points = new PartPoints(store, index, plan);
    this.late = index.late().copy();
    this.evaluated = index.evaluated();
    this.until = until;
    this.frontier = index.frontier();
    for (long id : index.rules()) {
      kept.add(id);
    }
    if (index.version() != plan.version()) {
      noteOtherRules();
    }
  }

  /** What was said of ticks from which on rules are others is said again, waits included. */
  private void noteOtherRules() {
    plan.noteChangesSince(index.version(), frontier, evaluated, late);
    for (PlannedRule rule : plan.rules()) {
      if (rule.isAlert() && kept.contains(rule.id())) {
        work(rule).judgeAgain();
      }
    }
  }

  /**
   * @param oldest nothing older is taken in from now on; Long.MAX_VALUE if that is not known
   */
  void run(long oldest, long decidedAt) {
    long tick = Math.min(late.firstFrom(Long.MIN_VALUE), nextTick(evaluated));
    if (frontier == Long.MIN_VALUE && Math.min(tick, oldest) < Long.MAX_VALUE) {
      frontier = Math.min(tick, oldest);
    }
    if (tick <= until) {
      points.load(tick - plan.offset() - plan.keep());
    }
    while (tick <= until) {
      for (PlannedRule rule : plan.rulesInOrder(tick)) {
        if (rule.isEvaluated()
            && rule.isTick(tick)
            && (late.has(tick, rule.id()) || isOnTime(rule, tick))) {
          evaluate(rule, tick);
        }
      }
      tick = Math.min(late.firstFrom(tick + 1), nextTick(Math.max(tick, evaluated)));
    }
    points.settle(until - plan.offset() - plan.keep());
    publish(decidedAt);
  }

  private boolean isOnTime(PlannedRule rule, long tick) {
    if (tick <= evaluated) {
      return false;
    }
    if (!rule.validity().at(tick)) {
      return rule.validity().at(tick - rule.interval()); // what it recorded ends
    }
    // A tick later than the last at which there is something to see still sees that it is gone.
    long time = tick - plan.offset();
    return rule.saysOfNothing()
        || points.mayBeSeenBy(rule, time - rule.reach() - rule.interval(), time);
  }

  private boolean mayChange(long tick) {
    long time = tick - plan.offset();
    return points.mayBeSeen(time - plan.keep(), time);
  }

  /** The first tick after one at which there may be something to see; Long.MAX_VALUE for none. */
  long nextTick(long after) {
    if (plan.saysOfNothing() && after != Long.MIN_VALUE) {
      return plan.tickFrom(after + 1);
    }
    long start = points.begin();
    if (start == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long tick = plan.tickFrom(Math.max(after + 1, start + plan.offset()));
    while (!mayChange(tick)) {
      long next = points.nextStart(tick - plan.offset());
      if (next == Long.MAX_VALUE) {
        return next;
      }
      tick = plan.tickFrom(next + plan.offset());
    }
    return tick;
  }

  private void evaluate(PlannedRule rule, long tick) {
    RuleWork work = work(rule);
    boolean failedBefore = work.hasFailed(tick);
    if (!rule.validity().at(tick)) {
      saysNothing(rule, tick, failedBefore);
      return;
    }
    try {
      Evaluator evaluator = evaluator(rule, tick);
      List<QueryResult.Sample> samples =
          RuleQuery.samples(evaluator, rule.expr(tick), tick - plan.offset());
      if (!rule.isAlert()) {
        record(rule, tick, recorded(rule, samples), failedBefore);
      } else {
        List<Verdict> verdicts =
            rule.verdicts().of(samples, tick, RuleQuery.querier(evaluator, tick));
        work.note(tick, verdicts, rule.tickFrom(frontier));
      }
      work.succeed(tick);
    } catch (RuleFailure e) {
      work.fail(tick);
      if (!failedBefore && !work.hasFailed(tick - rule.interval())) {
        out.failed(rule.rule(), tick, e.getMessage());
      }
      if (rule.role() == Role.PARTIAL) {
        record(rule, tick, List.of(), true);
      } else if (!rule.isAlert()) {
        record(rule, tick, null, true);
      }
    }
  }

  private void saysNothing(PlannedRule rule, long tick, boolean failedBefore) {
    if (rule.isAlert()) {
      work(rule).note(tick, List.of(), rule.tickFrom(frontier));
    } else {
      record(rule, tick, List.of(), failedBefore);
    }
    work(rule).succeed(tick);
  }

  private List<RuleSample> recorded(PlannedRule rule, List<QueryResult.Sample> samples)
      throws RuleFailure {
    RecordingRule recording = (RecordingRule) rule.rule();
    if (rule.role() != Role.PARTIAL) {
      return Recorded.of(recording, samples, rule.group().limit());
    }
    String partial = recording.labels().get(Partials.LABEL);
    return samples.stream()
        .map(each -> new RuleSample(each.labels().with(Partials.LABEL, partial), each.value()))
        .toList();
  }

  private Evaluator evaluator(PlannedRule rule, long tick) {
    return new Evaluator(points.seenBy(rule, tick), settings.options());
  }

  /**
   * @param said null if the rule failed
   * @param isNextOther whether the next tick may have to end other series because of a failure
   */
  private void record(PlannedRule rule, long tick, List<RuleSample> said, boolean isNextOther) {
    long time = tick - plan.offset();
    Map<Labels, Double> values = said == null ? null : new HashMap<>();
    if (said != null) {
      said.forEach(sample -> values.put(sample.labels(), sample.value()));
    }
    boolean[] isChanged = {isNextOther};
    points.record(
        rule,
        time,
        values,
        (labels, value, isRetracted, isTold, told) -> {
          isChanged[0] = true;
          RecordedPoint point =
              new RecordedPoint(rule.id(), labels, time, value, isRetracted, cause(rule, tick));
          if (rule.isHandedOn()) {
            out.handedOn(point);
          }
          if (isTold && rule.role() != Role.PARTIAL) {
            out.recorded((RecordingRule) rule.rule(), point.told(told));
          }
          plan.noteLate(plan.interest(labels), time, evaluated, rule.order(), late);
        });
    if (isChanged[0] && tick + rule.interval() <= evaluated) {
      late.add(tick + rule.interval(), rule.id());
    }
  }

  private Cause cause(PlannedRule rule, long tick) {
    return tick > evaluated && !late.has(tick, rule.id()) ? Cause.ON_TIME : Cause.LATE;
  }

  private RuleWork work(PlannedRule rule) {
    return works.computeIfAbsent(
        rule.order(),
        order -> new RuleWork(rule, kept.contains(rule.id()) ? store.rule(rule.id()) : null));
  }

  private void publish(long decidedAt) {
    for (PlannedRule rule : plan.rules()) {
      if (rule.isAlert() && (works.containsKey(rule.order()) || kept.contains(rule.id()))) {
        RuleWork work = work(rule);
        new AlertsOfRule(
                rule,
                work,
                tick -> verdicts(rule, work, tick),
                tick -> cause(rule, tick),
                (labels, tick) -> points.evidence(rule, labels, tick, settings.sources()))
            .publish(rule.tickAt(until), decidedAt, out::transition);
      }
    }
    for (long id : index.rules()) {
      if (plan.rule(id) == null) {
        endAlertsOfGoneRule(id, decidedAt);
      }
    }
  }

  private List<Verdict> verdicts(PlannedRule rule, RuleWork work, long tick) {
    List<Verdict> said = work.said(tick);
    if (said != null) {
      return said;
    }
    points.load(tick - plan.offset() - plan.keep());
    Evaluator evaluator = evaluator(rule, tick);
    try {
      return rule.verdicts()
          .of(
              RuleQuery.samples(evaluator, rule.expr(tick), tick - plan.offset()),
              tick,
              RuleQuery.querier(evaluator, tick));
    } catch (RuleFailure e) {
      return List.of();
    }
  }

  /** Nothing else can end them. */
  private void endAlertsOfGoneRule(long id, long decidedAt) {
    AlertDifference difference = new AlertDifference(FORGETFUL, decidedAt, out::transition);
    for (AlertRecord record : store.rule(id).alerts()) {
      for (IssuedAlert alert : record.issued()) {
        if (!alert.withdrawn() && alert.endsAt() == AlertTransition.OPEN) {
          difference.end(alert, until);
        }
      }
    }
    store.rule(id, null);
    kept.remove(id);
  }

  private static final AlertLedger FORGETFUL =
      new AlertLedger() {
        @Override
        public IssuedAlert find(String alertId, long activeAt) {
          return null;
        }

        @Override
        public void note(IssuedAlert alert) {}
      };

  /** Lets go of what no sample from a time on can change. */
  void forgetBefore(long time) {
    frontier = time;
    points.forgetBefore(time - plan.keep());
    for (PlannedRule rule : plan.rules()) {
      if (works.containsKey(rule.order()) || kept.contains(rule.id())) {
        work(rule).forgetBefore(time);
      }
    }
  }

  /** Writes what has changed. */
  void store() {
    works.forEach(
        (order, work) -> {
          long id = plan.rules().get(order).id();
          RuleState state = work.isChanged() ? work.state() : null;
          if (state != null) {
            kept.add(id);
            store.rule(id, state);
          } else if (work.isChanged() && kept.remove(id)) {
            store.rule(id, null);
          }
        });
    points.store();
    if (isEmpty()) {
      store.index(null);
      store.series(null);
    } else {
      store.index(
          new PartIndex(
              plan.version(),
              frontier,
              until,
              index.newest(),
              points.starts(),
              kept.stream().mapToLong(id -> id).toArray(),
              late.after(until)));
    }
  }

  private boolean isEmpty() {
    return points.isEmpty() && kept.isEmpty() && !plan.saysOfNothing();
  }

  /**
   * Asks to be woken while anything is kept: when something can change, or to let go of it.
   *
   * @param lookAt ms
   */
  void wake(long lookAt) {
    if (isEmpty()) {
      return;
    }
    long next = Math.min(nextTick(until), late.firstFrom(until + 1));
    if (works.values().stream().anyMatch(RuleWork::hasOpen)) {
      next = Math.min(next, plan.tickFrom(until + 1));
    }
    store.wakeAt(Math.min(next, lookAt));
  }
}

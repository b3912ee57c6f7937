package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.ruleeval.RecordedSeries;
import oht50.metrics.ruleeval.Standing;
import oht50.metrics.ruleeval.TickByTick;
import oht50.metrics.simulation.life.Alerts;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.simulation.life.Digest;
import oht50.metrics.simulation.life.Result;

/**
 * One life of the stage of rules, and what was wrong in it. What is published counts once a
 * snapshot covers it. In the end nobody speaks for hours; then nothing may be left of entities, and
 * of everything only what rules that say something of nothing need. A record of itself need not
 * come to rest.
 */
final class RuleLife {
  private static final int SHOWN = 12;
  private static final long LEAP = 2 * RuleSetup.MINUTE;
  private static final int[] SILENCE = {20, 40, 60, 120, 240}; // minutes

  private final RuleScenario scenario;
  private final Coverage coverage = new Coverage(RuleWhat.values());
  private final List<String> faults = new ArrayList<>();
  private final Alerts alerts = new Alerts(true);
  private final RecordedReader recorded = new RecordedReader();
  private final List<RuleStep> sinceSnapshot = new ArrayList<>();
  private Object snapshot;
  private int parallelism = 1;
  private long watermark = Long.MIN_VALUE;

  private RuleLife(RuleScenario scenario) {
    this.scenario = scenario;
  }

  static Result run(RuleScenario scenario, RuleLives surroundings) {
    return new RuleLife(scenario).run(surroundings);
  }

  private Result run(RuleLives surroundings) {
    List<String> answers = new ArrayList<>();
    try (RuleTarget target = surroundings.open(scenario, output())) {
      take(target, new RuleStep.Mark(RuleSetup.BEGIN));
      for (RuleStep step : scenario.steps()) {
        take(target, step);
      }
      take(target, new RuleStep.Mark(scenario.end()));
      take(target, new RuleStep.Standstill()); // what came late while time had come so far
      take(target, new RuleStep.Checkpoint());
      answers.addAll(answers(alerts.standing(), recorded.series()));
      compare(answers);
      endInSilence(target);
    } catch (Exception | StackOverflowError e) {
      faults.add("failed: " + e + " at " + List.of(e.getStackTrace()).stream().limit(4).toList());
    }
    alerts.violations().stream().limit(SHOWN).forEach(faults::add);
    recorded.violations().stream().limit(SHOWN).forEach(faults::add);
    RuleContents.count(scenario, coverage);
    coverage.add(RuleWhat.RAISED, alerts.raised());
    coverage.add(RuleWhat.ENDED, alerts.ended());
    coverage.add(RuleWhat.WITHDRAWN, alerts.withdrawn());
    coverage.add(RuleWhat.REPLACED, alerts.replaced());
    coverage.add(RuleWhat.CORRECTED, recorded.corrected());
    coverage.add(RuleWhat.RETRACTED, recorded.taken());
    return new Result(faults, coverage, Digest.of(answers));
  }

  private RuleTarget.Output output() {
    return new RuleTarget.Output() {
      @Override
      public void transition(AlertTransition transition) {
        note(transition);
        alerts.publish(transition);
      }

      @Override
      public void recorded(RecordedSample sample) {
        recorded.publish(sample);
      }

      @Override
      public void handedOn(int points) {
        coverage.add(RuleWhat.HANDED_ON, points);
      }
    };
  }

  private void note(AlertTransition transition) {
    boolean isLate = transition.cause() == Cause.LATE && !transition.withdrawn();
    if (transition.state() == AlertState.FIRING) {
      coverage.add(RuleWhat.RAISED_LATE, isLate && transition.turn() == 1 ? 1 : 0);
      coverage.add(RuleWhat.RAISED_AGAIN, isLate && transition.turn() > 1 ? 1 : 0);
    } else {
      coverage.add(RuleWhat.ENDED_LATE, isLate ? 1 : 0);
    }
  }

  private void take(RuleTarget target, RuleStep step) throws Exception {
    if (step instanceof RuleStep.Checkpoint) {
      snapshot(target);
    } else if (step instanceof RuleStep.Restart restart) {
      snapshot(target);
      restore(target, restart.parallelism());
    } else if (step instanceof RuleStep.Crash crash) {
      crash(target, crash);
    } else {
      sinceSnapshot.add(step);
      happen(target, step);
    }
  }

  private void crash(RuleTarget target, RuleStep.Crash crash) throws Exception {
    if (snapshot == null) {
      return; // it would begin from nothing, as it has done already
    }
    coverage.add(RuleWhat.CRASHES);
    alerts.fail();
    recorded.fail();
    restore(target, crash.parallelism());
    for (RuleStep again : sinceSnapshot) {
      happen(target, again);
    }
  }

  private void snapshot(RuleTarget target) throws Exception {
    snapshot = target.snapshot();
    sinceSnapshot.clear();
    alerts.commit();
    recorded.commit();
  }

  private void restore(RuleTarget target, int atParallelism) throws Exception {
    coverage.add(RuleWhat.RESTORES);
    coverage.add(RuleWhat.RESCALES, parallelism == atParallelism ? 0 : 1);
    parallelism = atParallelism;
    target.restore(snapshot, parallelism);
  }

  private void happen(RuleTarget target, RuleStep step) throws Exception {
    if (step instanceof RuleStep.Take take) {
      target.take(take.batch());
    } else if (step instanceof RuleStep.Load load) {
      target.load(load.set());
    } else if (step instanceof RuleStep.Standstill) {
      coverage.add(RuleWhat.STANDSTILLS);
      target.standStill();
    } else if (step instanceof RuleStep.Mark mark) {
      boolean isLeap = watermark != Long.MIN_VALUE && mark.watermark() - watermark >= LEAP;
      coverage.add(RuleWhat.LEAPS, isLeap ? 1 : 0);
      watermark = Math.max(watermark, mark.watermark());
      target.watermark(mark.watermark());
    }
  }

  private void compare(List<String> answers) {
    Admitted admitted = Admitted.of(withBegin());
    if (admitted.isUndecided()) {
      throw new IllegalArgumentException("undecided");
    }
    var lives = RuleHistories.lives(scenario.sets());
    NaiveRules naive = NaiveRules.run(lives, admitted.within(), RuleSetup.BEGIN, scenario.end());
    List<String> expected = answers(naive.alerts(), naive.recorded());
    compare("the naive oracle", answers, expected);
    if (scenario.sets().size() == 1) { // it knows no other sets
      TickByTick sorted =
          TickByTick.run(
              RuleHistories.groups(scenario.configured()),
              RuleSetup.OPTIONS,
              RuleSetup.INTERVAL,
              admitted.within(),
              RuleSetup.BEGIN,
              scenario.end());
      compare("rules test", answers, answers(sorted.standing(), sorted.recorded()));
    }
    coverage.add(RuleWhat.LATE, admitted.late());
    coverage.add(RuleWhat.BEYOND, admitted.beyond());
    coverage.add(RuleWhat.ALERTS, naive.alerts().size());
    coverage.add(RuleWhat.RECORDED, expected.size() - naive.alerts().size());
  }

  private List<RuleStep> withBegin() {
    List<RuleStep> all = new ArrayList<>();
    all.add(new RuleStep.Mark(RuleSetup.BEGIN));
    all.addAll(scenario.steps());
    return all;
  }

  private List<String> answers(List<AlertTransition> standing, RecordedSeries series) {
    for (AlertTransition each : standing) {
      if ((each.state() == AlertState.FIRING) != (each.endsAt() == AlertTransition.OPEN)) {
        faults.add("fires and has ended, or neither: " + each);
      }
    }
    return answers(Standing.of(standing), series);
  }

  private static List<String> answers(Map<String, String> alerts, RecordedSeries series) {
    List<String> answers = new ArrayList<>();
    alerts.forEach((alert, times) -> answers.add(alert + " from " + times));
    answers.addAll(series.words(RuleSetup.OPTIONS.lookbackMillis()));
    return answers;
  }

  private void compare(String oracle, List<String> answers, List<String> expected) {
    TreeSet<String> missing = new TreeSet<>(expected);
    answers.forEach(missing::remove);
    TreeSet<String> unexpected = new TreeSet<>(answers);
    expected.forEach(unexpected::remove);
    missing.stream().limit(SHOWN).forEach(each -> faults.add(oracle + " misses: " + each));
    unexpected.stream().limit(SHOWN).forEach(each -> faults.add(oracle + " denies: " + each));
  }

  private void endInSilence(RuleTarget target) throws Exception {
    for (int minutes : SILENCE) {
      take(target, new RuleStep.Mark(scenario.end() + minutes * RuleSetup.MINUTE));
      take(target, new RuleStep.Standstill());
    }
    take(target, new RuleStep.Checkpoint());
    if (RuleContents.recordsItself(scenario)) {
      return;
    }
    String leftovers = target.leftovers(!RuleContents.saysOfNothing(scenario));
    if (!leftovers.isEmpty()) {
      faults.add("after hours of silence there is still state: " + leftovers);
    }
  }
}

package oht50.metrics.simulation.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.Reach;
import oht50.metrics.ruleplan.Role;
import oht50.metrics.ruleplan.RulePlans;
import oht50.metrics.ruleplan.SaysOfNothing;
import oht50.metrics.simulation.life.Coverage;

/** What scenarios are made of. */
final class RuleContents {
  private RuleContents() {}

  static void count(RuleScenario scenario, Coverage coverage) {
    countSamples(scenario, coverage);
    countSets(scenario.sets(), coverage);
    countRules(RuleHistories.plans(scenario.sets()), coverage);
    Admitted passed = new Admitted();
    for (RuleStep step : scenario.steps()) {
      passed.add(step);
      boolean isLate =
          step instanceof RuleStep.Load load && load.set().effectiveFrom() <= passed.watermark();
      coverage.add(RuleWhat.LATE_SETS, isLate ? 1 : 0);
    }
  }

  private static void countSamples(RuleScenario scenario, Coverage coverage) {
    Map<List<Object>, Long> values = new HashMap<>(); // series and time -> bits
    for (RuleStep step : scenario.steps()) {
      if (step instanceof RuleStep.Take take) {
        SampleBatch batch = take.batch();
        coverage.add(RuleWhat.INPUTS, batch.size());
        for (int i = 0; i < batch.size(); i++) {
          long bits = Double.doubleToRawLongBits(batch.values()[i]);
          Long before =
              values.put(List.of(batch.layout().series(i).id(), batch.timestamp(i)), bits);
          if (before != null) {
            coverage.add(before == bits ? RuleWhat.REPEATS : RuleWhat.CONFLICTS);
          }
        }
      }
    }
  }

  private static void countSets(List<RuleSet> sets, Coverage coverage) {
    coverage.add(RuleWhat.SET_CHANGES, sets.size() - 1);
    for (int i = 1; i < sets.size(); i++) {
      List<Long> after = ids(sets.get(i));
      List<Long> before = ids(sets.get(i - 1));
      coverage.add(RuleWhat.NEW_RULES, after.stream().filter(id -> !before.contains(id)).count());
      coverage.add(RuleWhat.GONE_RULES, before.stream().filter(id -> !after.contains(id)).count());
      List<Long> staying = before.stream().filter(after::contains).toList();
      boolean isTurned = !staying.equals(after.stream().filter(before::contains).toList());
      coverage.add(RuleWhat.TURNED_SETS, isTurned ? 1 : 0);
    }
  }

  /** In the order of the file. */
  private static List<Long> ids(RuleSet set) {
    return RuleHistories.groups(set).stream()
        .flatMap(group -> group.rules().stream())
        .map(Rule::id)
        .toList();
  }

  /** Of the parts of entities those of robots stand for all. */
  private static void countRules(RulePlans plans, Coverage coverage) {
    plans
        .plans()
        .forEach(
            (plan, rules) -> {
              boolean isWhole = plan.kind() == PartKind.WHOLE;
              for (PlacedRule rule : rules) {
                if (isWhole || plan.kind() == PartKind.ROBOT) {
                  countRule(rule, isWhole, coverage);
                }
              }
            });
  }

  private static void countRule(PlacedRule rule, boolean isWhole, Coverage coverage) {
    if (rule.role() == Role.PARTIAL) {
      coverage.add(RuleWhat.PARTIALS);
    } else if (rule.role() == Role.EVALUATED) {
      coverage.add(RuleWhat.RULES);
      coverage.add(RuleWhat.RULES_OVER_EVERYTHING, isWhole ? 1 : 0);
      boolean saysOfNothing = SaysOfNothing.may(rule.rule().expr());
      coverage.add(RuleWhat.SAYING_OF_NOTHING, saysOfNothing ? 1 : 0);
      coverage.add(RuleWhat.LOOKED_AT_BY_WHOLE, rule.isHandedOn() ? 1 : 0);
      coverage.add(RuleWhat.QUERY_OFFSETS, rule.group().queryOffsetMillis() > 0 ? 1 : 0);
    }
  }

  /** Whether some record is, over others or not, one of itself, and so may never come to rest. */
  static boolean recordsItself(RuleScenario scenario) {
    Map<String, Set<String>> looksAt = new HashMap<>(); // record -> those that it looks at
    List<RecordingRule> records =
        scenario.sets().stream()
            .flatMap(set -> RuleHistories.groups(set).stream())
            .flatMap(group -> group.rules().stream())
            .filter(RecordingRule.class::isInstance)
            .map(RecordingRule.class::cast)
            .toList();
    for (RecordingRule by : records) {
      for (Reach.Need need : Reach.of(by.expr(), RuleSetup.OPTIONS).needs()) {
        for (RecordingRule of : records) {
          if (Placement.mayTakeIn(need, of.name())) {
            looksAt.computeIfAbsent(by.name(), any -> new HashSet<>()).add(of.name());
          }
        }
      }
    }
    for (int round = 0; round < looksAt.size(); round++) {
      looksAt
          .values()
          .forEach(
              some ->
                  Set.copyOf(some)
                      .forEach(each -> some.addAll(looksAt.getOrDefault(each, Set.of()))));
    }
    return looksAt.entrySet().stream().anyMatch(each -> each.getValue().contains(each.getKey()));
  }

  /** Whether some rule of everything, of whatever set, may say something of nothing. */
  static boolean saysOfNothing(RuleScenario scenario) {
    return RuleHistories.plans(scenario.sets()).plans().entrySet().stream()
        .filter(plan -> plan.getKey().kind() == PartKind.WHOLE)
        .flatMap(plan -> plan.getValue().stream())
        .anyMatch(rule -> rule.role() == Role.EVALUATED && SaysOfNothing.may(rule.rule().expr()));
  }
}

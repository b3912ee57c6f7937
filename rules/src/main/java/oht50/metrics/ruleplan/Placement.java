package oht50.metrics.ruleplan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * Where the rules of a set are evaluated: those that keep the label of an entity in the part of
 * each entity, all others in the part of everything, of partial results as far as they can be
 * divided ({@link Partials}).
 *
 * <p>What a rule looks at must be where it is evaluated. So a rule that looks at what is recorded
 * in parts of other kinds is evaluated in the part of everything, into which that is handed on at
 * the same tick: no recorded sample has to come around again, and none counts later than in
 * Prometheus.
 */
public final class Placement {
  private final EvaluationOptions options;
  private final List<RuleGroup> groups;
  private final Map<Long, Home> homes = new HashMap<>(); // id of the rule -> its home
  private final Map<String, List<Recorder>> recorders = new HashMap<>(); // metric -> who records it
  private final Map<Long, Partials.Divided> divided = new HashMap<>(); // id of the rule -> parts
  private final Set<Long> taken = new HashSet<>(); // ids of rules of parts, for the whole
  private final SortedMap<PlanName, List<PlacedRule>> plans = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /** A rule that records, and how long before its ticks it looks. */
  private record Recorder(RecordingRule rule, long offset) {}

  private Placement(List<RuleGroup> groups, EvaluationOptions options) {
    this.options = options;
    this.groups = groups;
  }

  /**
   * The rules of each plan, in the order of the groups.
   *
   * @throws IllegalArgumentException if some cannot be evaluated on a stream, with all reasons
   */
  public static SortedMap<PlanName, List<PlacedRule>> of(
      List<RuleGroup> groups, EvaluationOptions options) {
    Placement placement = new Placement(groups, options);
    placement.place();
    if (!placement.faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", placement.faults));
    }
    return placement.plans;
  }

  private void place() {
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        homes.put(rule.id(), Home.of(Partitioning.of(rule, group)));
        if (rule instanceof RecordingRule recording) {
          recorders
              .computeIfAbsent(rule.name(), any -> new ArrayList<>())
              .add(new Recorder(recording, group.queryOffsetMillis()));
        }
      }
    }
    // A rule that moves takes with it those that look at what it records.
    boolean isMoved = true;
    while (isMoved) {
      isMoved = false;
      for (RuleGroup group : groups) {
        for (Rule rule : group.rules()) {
          Home home = homes.get(rule.id());
          if (home != Home.WHOLE && !isAtHome(rule.expr(), home, group.queryOffsetMillis())) {
            homes.put(rule.id(), Home.WHOLE);
            isMoved = true;
          }
        }
      }
    }
    divide();
    for (RuleGroup group : groups) {
      group.rules().forEach(rule -> place(group, rule));
    }
  }

  private void divide() {
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (homes.get(rule.id()) == Home.WHOLE) {
          Partials.Divided parts =
              Partials.of(rule, expr -> isDivisible(expr, group.queryOffsetMillis()));
          divided.put(rule.id(), parts);
          Reach.of(parts.rest().expr(), options)
              .needs()
              .forEach(need -> recordersOf(need).forEach(each -> take(each, rule, group)));
        }
      }
    }
  }

  /** Whether all that an expression looks at and that is recorded is recorded in the same parts. */
  private boolean isAtHome(Expr expr, Home home, long offset) {
    for (Reach.Need need : Reach.of(expr, options).needs()) {
      for (Recorder recorder : recordersOf(need)) {
        if (homes.get(recorder.rule.id()) != home || recorder.offset != offset) {
          return false;
        }
      }
    }
    return true;
  }

  private List<Recorder> recordersOf(Reach.Need need) {
    for (LabelMatcher matcher : need.matchers()) {
      if (matcher.name().equals(LabelMatcher.METRIC_NAME)
          && matcher.operator() == MatchOperator.EQUAL) {
        return mayTakeIn(need, matcher.value())
            ? recorders.getOrDefault(matcher.value(), List.of())
            : List.of();
      }
    }
    List<Recorder> all = new ArrayList<>();
    recorders.forEach(
        (metric, some) -> {
          if (mayTakeIn(need, metric)) {
            all.addAll(some);
          }
        });
    return all;
  }

  /** Whether series of a metric may be among those of a selector. */
  public static boolean mayTakeIn(Reach.Need need, String metric) {
    return !Partials.areSelected(need.matchers())
        && need.matchers().stream()
            .filter(matcher -> matcher.name().equals(LabelMatcher.METRIC_NAME))
            .allMatch(matcher -> matcher.matches(metric));
  }

  private void place(RuleGroup group, Rule rule) {
    Home home = homes.get(rule.id());
    if (home != Home.WHOLE) {
      boolean isTaken = taken.contains(rule.id());
      PlacedRule placed = PlacedRule.of(group, rule, Role.EVALUATED);
      add(home, isTaken ? placed.handedOn() : placed);
      if (isTaken) {
        add(Home.WHOLE, PlacedRule.of(group, rule, Role.TAKEN));
      }
      return;
    }
    for (RecordingRule part : divided.get(rule.id()).parts()) {
      add(
          Home.of(Partitioning.of(part.expr())),
          PlacedRule.part(unlimited(group), part, rule.id(), Role.PARTIAL));
      add(Home.WHOLE, PlacedRule.part(group, part, rule.id(), Role.TAKEN));
    }
    add(Home.WHOLE, PlacedRule.of(group, divided.get(rule.id()).rest(), Role.EVALUATED));
  }

  private static RuleGroup unlimited(RuleGroup group) {
    return new RuleGroup(
        group.file(),
        group.name(),
        group.intervalMillis(),
        group.queryOffsetMillis(),
        0,
        group.rules());
  }

  private boolean isDivisible(Expr expr, long offset) {
    Home home = Home.of(Partitioning.of(expr));
    return home != Home.WHOLE && isAtHome(expr, home, offset);
  }

  /** What is recorded in parts, and looked at as it is by a rule over everything. */
  private void take(Recorder recorder, Rule by, RuleGroup group) {
    if (recorder.offset != group.queryOffsetMillis()) {
      faults.add(
          "%s looks at %s, which is recorded by a group of another query_offset; give both the same"
              .formatted(group.placed(by), recorder.rule.name()));
    } else if (homes.get(recorder.rule.id()) != Home.WHOLE) {
      taken.add(recorder.rule.id());
    }
  }

  private void add(Home home, PlacedRule rule) {
    for (PartKind kind : home.kinds()) {
      plans
          .computeIfAbsent(
              new PlanName(kind, rule.group().queryOffsetMillis()), any -> new ArrayList<>())
          .add(rule);
    }
  }
}

package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.RuleSet;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.Role;
import oht50.metrics.ruleplan.RulePlans;
import oht50.metrics.ruleplan.Validity;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleHistory;

/** What sets of rules that follow one another say when. */
final class RuleHistories {
  private final List<RuleSet> sets;

  private RuleHistories(List<RuleSet> sets) {
    this.sets = sets;
  }

  /**
   * A rule in one place: if it comes to be evaluated in other parts it begins anew.
   *
   * @param versions the rule as it is written, by the tick from which on it is written so
   */
  record Life(
      SortedMap<Long, Rule> versions, RuleGroup group, Validity validity, boolean isOfWhole) {
    Rule rule(long tick) {
      SortedMap<Long, Rule> until = versions.headMap(tick + 1);
      return versions.get(until.isEmpty() ? versions.firstKey() : until.lastKey());
    }

    long interval() {
      return group.intervalMillis() == RuleGroup.DEFAULT_INTERVAL
          ? RuleSetup.INTERVAL
          : group.intervalMillis();
    }
  }

  private record Place(long rule, PlanName plan) {}

  /** The groups of a set in the order of its file. */
  static List<RuleGroup> groups(RuleSet set) {
    List<RuleGroup> groups = new ArrayList<>();
    set.files()
        .forEach(
            (name, text) ->
                groups.addAll(
                    RuleFileReader.read(name, text, false, new ArrayList<>()).file().groups()));
    return groups;
  }

  static RuleHistory history(List<RuleSet> sets) {
    RuleHistory history = RuleHistory.of(new TreeMap<>());
    for (RuleSet set : sets) {
      history = history.with(set);
    }
    return history;
  }

  static RulePlans plans(List<RuleSet> sets) {
    try {
      return history(sets).plans(RuleSetup.SETTINGS);
    } catch (InvalidRules e) {
      throw new IllegalStateException("rules that were checked cannot be read", e);
    }
  }

  /** Whether after a set no rule is evaluated where it was not before. */
  static boolean bringsNothingNew(List<RuleSet> sets, RuleSet next) {
    List<RuleSet> with = new ArrayList<>(sets);
    with.add(next);
    return evaluated(sets).containsAll(evaluated(with));
  }

  private static Set<Place> evaluated(List<RuleSet> sets) {
    Set<Place> all = new HashSet<>();
    plans(sets)
        .plans()
        .forEach(
            (plan, rules) -> rules.forEach(rule -> all.add(new Place(rule.rule().id(), plan))));
    return all;
  }

  private static Map<Place, PlacedRule> places(RulePlans plans) {
    Map<Place, PlacedRule> places = new HashMap<>();
    plans
        .plans()
        .forEach(
            (plan, rules) ->
                rules.stream()
                    .filter(rule -> rule.role() == Role.EVALUATED)
                    .forEach(rule -> places.put(new Place(rule.rule().id(), placeOf(plan)), rule)));
    return places;
  }

  /** The parts of all kinds of entities are one place. */
  private static PlanName placeOf(PlanName plan) {
    return plan.kind() == PartKind.WHOLE ? plan : new PlanName(PartKind.ROBOT, plan.offsetMillis());
  }

  /**
   * The lives of all rules, and since when those of a set are evaluated, in its order; what is not
   * valid at a tick says nothing before the others speak.
   */
  record Lives(List<Life> all, SortedMap<Long, List<Life>> ofSetSince) {
    /** All at a tick, one after the other. */
    List<Life> inOrder(long tick) {
      List<Life> order =
          new ArrayList<>(all.stream().filter(life -> !life.validity().at(tick)).toList());
      SortedMap<Long, List<Life>> until = ofSetSince.headMap(tick + 1);
      until.get(until.lastKey()).stream()
          .filter(life -> life.validity().at(tick))
          .forEach(order::add);
      return order;
    }
  }

  static Lives lives(List<RuleSet> sets) {
    return new RuleHistories(sets).lives();
  }

  private Lives lives() {
    Map<Place, PlacedRule> places = places(plans(sets));
    Map<Long, TreeMap<Long, Rule>> versions = new HashMap<>(); // id -> since -> as written
    Map<Place, RuleGroup> groups = new LinkedHashMap<>();
    SortedMap<Long, List<Place>> orders = new TreeMap<>();
    for (RuleSet set : sets) {
      List<Place> ofSet = new ArrayList<>();
      for (RuleGroup group : groups(set)) {
        for (Rule rule : group.rules()) {
          versions
              .computeIfAbsent(rule.id(), any -> new TreeMap<>())
              .put(set.effectiveFrom(), rule);
          for (PartKind kind : List.of(PartKind.ROBOT, PartKind.WHOLE)) {
            Place place = new Place(rule.id(), new PlanName(kind, group.queryOffsetMillis()));
            if (places.containsKey(place)) {
              ofSet.add(place);
              groups.put(place, group);
            }
          }
        }
      }
      orders.put(set.effectiveFrom(), ofSet);
    }
    Map<Place, Life> lives = new LinkedHashMap<>();
    groups.forEach(
        (place, group) ->
            lives.put(
                place,
                new Life(
                    versions.get(place.rule()),
                    group,
                    places.get(place).validity(),
                    place.plan().kind() == PartKind.WHOLE)));
    SortedMap<Long, List<Life>> ofSetSince = new TreeMap<>();
    orders.forEach(
        (since, ofSet) -> ofSetSince.put(since, ofSet.stream().map(lives::get).toList()));
    return new Lives(List.copyOf(lives.values()), ofSetSince);
  }
}

package oht50.metrics.ruleplan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * The plans of sets of rules that follow one another: each rule with the ticks at which it is
 * valid. What a set does not change goes on.
 *
 * <p>A rule that is new speaks once as much has come in as it looks back on: before, it would say
 * something of a part of the samples. One that looks at what others before it looked at as long in
 * the same parts speaks at once. So it is with one over everything that has to be divided otherwise
 * than before, because what it looks at is recorded now, or no more, or elsewhere.
 */
public final class RuleTimeline {
  private static final long ALWAYS = Long.MIN_VALUE;
  private static final int LONGEST_CHAIN = 10; // of rules that look at what others record

  private final EvaluationOptions options;
  private final SortedMap<PlanName, Map<Entry, PlacedRule>> plans = new TreeMap<>();
  private final Map<PlanName, SortedMap<Long, List<Entry>>> orders = new HashMap<>();
  private final SortedMap<Long, Long> effectiveFrom = new TreeMap<>();
  private SortedMap<PlanName, List<PlacedRule>> newest = new TreeMap<>();
  private SortedMap<PlanName, Map<Reach.Need, Long>> seenSince = new TreeMap<>();

  /** A rule in a plan. One that is evaluated elsewhere now may have been evaluated there before. */
  private record Entry(long rule, boolean isTaken) {
    static Entry of(PlacedRule rule) {
      return new Entry(rule.rule().id(), rule.role() == Role.TAKEN);
    }

    /** The same where it is evaluated elsewhere, or here: what both record is one. */
    Entry twin() {
      return new Entry(rule, !isTaken);
    }
  }

  public RuleTimeline(EvaluationOptions options) {
    this.options = options;
  }

  /**
   * Adds a set.
   *
   * @param number in the order in which the sets became known
   * @param tick from which on it is valid, not before that of the set added before
   */
  public void add(long number, long tick, List<RuleGroup> groups) {
    SortedMap<PlanName, List<PlacedRule>> next = Placement.of(groups, options);
    SortedMap<PlanName, Map<Reach.Need, Long>> seen = seenSince(next, tick);
    Map<Long, Long> since = speaksFrom(groups, next, seen, tick);
    endWhatIsGone(next, tick);
    next.forEach(
        (plan, rules) -> {
          Map<Entry, PlacedRule> before = plans.getOrDefault(plan, Map.of());
          Map<Entry, PlacedRule> after = new LinkedHashMap<>();
          for (PlacedRule rule : rules) {
            after.put(
                Entry.of(rule),
                following(before.get(Entry.of(rule)), rule, tick, since.get(rule.origin())));
          }
          orders
              .computeIfAbsent(plan, any -> new TreeMap<>())
              .put(tick, List.copyOf(after.keySet()));
          plans.put(plan, goneFirst(before, after));
        });
    effectiveFrom.put(number, tick);
    newest = next;
    seenSince = seen;
  }

  private static Map<Entry, PlacedRule> goneFirst(
      Map<Entry, PlacedRule> older, Map<Entry, PlacedRule> newer) {
    Map<Entry, PlacedRule> all = new LinkedHashMap<>(older);
    all.keySet().removeAll(newer.keySet());
    all.putAll(newer);
    return all;
  }

  private static PlacedRule following(PlacedRule before, PlacedRule rule, long tick, long since) {
    if (before == null) {
      return rule.valid(Validity.since(since));
    }
    PlacedRule changed = rule.inPlaceOf(before, tick);
    Validity validity = before.validity();
    if (!validity.isOpen()) {
      return changed.valid(validity.againFrom(since));
    }
    return since > tick && rule.isDividedOtherwiseThan(before)
        ? changed.valid(validity.endingAt(tick).againFrom(since))
        : changed;
  }

  private void endWhatIsGone(SortedMap<PlanName, List<PlacedRule>> next, long tick) {
    plans.forEach(
        (plan, rules) -> {
          List<Entry> there = next.getOrDefault(plan, List.of()).stream().map(Entry::of).toList();
          rules.replaceAll(
              (entry, rule) ->
                  there.contains(entry) || !rule.validity().isOpen()
                      ? rule
                      : rule.valid(rule.validity().endingAt(tick)));
        });
  }

  /**
   * From when on there is all that a selector takes in, as it comes to a plan from then on; what
   * others have looked at as far back is there since it is for them.
   */
  private SortedMap<PlanName, Map<Reach.Need, Long>> seenSince(
      SortedMap<PlanName, List<PlacedRule>> next, long tick) {
    long otherwise = effectiveFrom.isEmpty() ? ALWAYS : tick;
    SortedMap<PlanName, Map<Reach.Need, Long>> since = new TreeMap<>();
    next.forEach(
        (plan, rules) -> {
          Map<Reach.Need, Long> before = seenSince.getOrDefault(plan, Map.of());
          Map<Reach.Need, Long> after = new HashMap<>();
          for (Reach.Need need : needs(rules)) {
            after.put(need, otherwise);
            before.forEach(
                (other, from) -> {
                  if (covers(other, need)) {
                    after.merge(need, from, Math::min);
                  }
                });
          }
          since.put(plan, after);
        });
    return since;
  }

  /** By the id of each rule the tick at which, if it is new, it has seen enough. */
  private Map<Long, Long> speaksFrom(
      List<RuleGroup> groups,
      SortedMap<PlanName, List<PlacedRule>> next,
      SortedMap<PlanName, Map<Reach.Need, Long>> seen,
      long tick) {
    Map<Long, Long> since = new HashMap<>();
    for (RuleGroup group : groups) {
      group.rules().forEach(rule -> since.put(rule.id(), tick));
    }
    if (effectiveFrom.isEmpty()) {
      return since;
    }
    next.forEach(
        (plan, rules) -> {
          for (PlacedRule rule : rules) {
            if (there(plan, rule) != null) {
              continue;
            }
            for (Reach.Need need : needs(rule)) {
              long from = seen.get(plan).get(need);
              if (from != ALWAYS) {
                since.merge(rule.origin(), from + need.millis() + plan.offsetMillis(), Math::max);
              }
            }
            if (isRecordedElsewhere(plan, rule)) {
              since.merge(rule.origin(), tick + options.lookbackMillis(), Math::max);
            }
          }
        });
    awaitRecords(groups, tick, since, recordedSince(next));
    return since;
  }

  /** By the id of each recording rule that goes on the tick at which it began to speak. */
  private Map<Long, Long> recordedSince(SortedMap<PlanName, List<PlacedRule>> next) {
    Map<Long, Long> since = new HashMap<>();
    next.forEach(
        (plan, rules) -> {
          for (PlacedRule rule : rules) {
            PlacedRule before = there(plan, rule);
            if (before != null && rule.role() == Role.EVALUATED) {
              since.put(rule.origin(), before.validity().newest().from());
            }
          }
        });
    return since;
  }

  /** What a rule goes on from, or null. */
  private PlacedRule there(PlanName plan, PlacedRule rule) {
    PlacedRule before = plans.getOrDefault(plan, Map.of()).get(Entry.of(rule));
    return before != null && before.validity().isOpen() && !rule.isDividedOtherwiseThan(before)
        ? before
        : null;
  }

  /** Then what was recorded so far must have ended before it goes on from another place. */
  private boolean isRecordedElsewhere(PlanName plan, PlacedRule rule) {
    return rule.role() == Role.EVALUATED
        && rule.rule() instanceof RecordingRule
        && !isRecordedIn(newest.getOrDefault(plan, List.of()), rule.rule().name())
        && newest.values().stream().anyMatch(rules -> isRecordedIn(rules, rule.rule().name()));
  }

  private static boolean isRecordedIn(List<PlacedRule> rules, String metric) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.role() == Role.EVALUATED
                    && rule.rule() instanceof RecordingRule
                    && rule.rule().name().equals(metric));
  }

  private List<Reach.Need> needs(List<PlacedRule> rules) {
    return rules.stream().flatMap(rule -> needs(rule).stream()).distinct().toList();
  }

  /** Of samples; not of what other parts say. */
  private List<Reach.Need> needs(PlacedRule rule) {
    return rule.role() == Role.TAKEN
        ? List.of()
        : Reach.of(rule.rule().expr(), options).needs().stream()
            .filter(need -> !Partials.areSelected(need.matchers()))
            .toList();
  }

  private static boolean covers(Reach.Need other, Reach.Need need) {
    return other.millis() >= need.millis() && other.matchers().equals(need.matchers());
  }

  /**
   * A rule that looks at what a new one records waits for it, too.
   *
   * @param recordedSince of those that are not new
   */
  private void awaitRecords(
      List<RuleGroup> groups, long tick, Map<Long, Long> since, Map<Long, Long> recordedSince) {
    for (int round = 0; round < LONGEST_CHAIN; round++) {
      Map<String, Long> records = new HashMap<>(); // metric -> from when on there are its points
      for (RuleGroup group : groups) {
        for (Rule rule : group.rules()) {
          long ofNew = since.get(rule.id()) > tick ? since.get(rule.id()) : ALWAYS;
          long from = recordedSince.getOrDefault(rule.id(), ofNew);
          if (rule instanceof RecordingRule && from != ALWAYS) {
            records.merge(rule.name(), from - group.queryOffsetMillis(), Math::max);
          }
        }
      }
      boolean isLater = false;
      for (RuleGroup group : groups) {
        for (Rule rule : group.rules()) {
          long speaks = Math.max(since.get(rule.id()), after(rule, group, records));
          isLater |= since.put(rule.id(), speaks) < speaks;
        }
      }
      if (!isLater) {
        return;
      }
    }
  }

  private long after(Rule rule, RuleGroup group, Map<String, Long> records) {
    long speaks = ALWAYS;
    for (Reach.Need need : Reach.of(rule.expr(), options).needs()) {
      for (var record : records.entrySet()) {
        boolean isOwn = record.getKey().equals(rule.name());
        if (!isOwn && Placement.mayTakeIn(need, record.getKey())) {
          speaks = Math.max(speaks, record.getValue() + need.millis() + group.queryOffsetMillis());
        }
      }
    }
    return speaks;
  }

  /** All rules of all sets, those of the newest in its order. */
  public RulePlans plans() {
    SortedMap<PlanName, List<PlacedRule>> all = new TreeMap<>();
    SortedMap<PlanName, RuleOrders> inOrder = new TreeMap<>();
    plans.forEach(
        (plan, rules) -> {
          all.put(plan, List.copyOf(rules.values()));
          inOrder.put(plan, RuleOrders.of(orders(rules, orders.get(plan)), rules.keySet()));
        });
    return new RulePlans(all, inOrder, new RuleVersions(effectiveFrom));
  }

  /**
   * From tick to tick: first what is not valid, here or elsewhere, so that all others see that it
   * says nothing, then the rest in the order of the set.
   */
  private static SortedMap<Long, List<Entry>> orders(
      Map<Entry, PlacedRule> rules, SortedMap<Long, List<Entry>> ofSets) {
    SortedSet<Long> ticks = new TreeSet<>(ofSets.keySet());
    ticks.add(ALWAYS);
    rules.values().forEach(rule -> ticks.addAll(rule.validity().changes()));
    SortedMap<Long, List<Entry>> orders = new TreeMap<>();
    for (long tick : ticks) {
      SortedMap<Long, List<Entry>> until = ofSets.headMap(tick + 1);
      List<Entry> ofSet = until.isEmpty() ? List.of() : until.get(until.lastKey());
      Set<Entry> valid = new LinkedHashSet<>();
      for (Entry entry : ofSet) {
        if (rules.get(entry).validity().at(tick)) {
          if (rules.containsKey(entry.twin())) {
            valid.add(entry.twin());
          }
          valid.add(entry);
        }
      }
      List<Entry> order = new ArrayList<>(rules.keySet());
      order.removeAll(valid);
      order.addAll(valid);
      orders.put(tick, order);
    }
    return orders;
  }
}

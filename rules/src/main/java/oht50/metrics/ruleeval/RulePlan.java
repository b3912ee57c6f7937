package oht50.metrics.ruleeval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oht50.metrics.alerting.AlertSeries;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.Reach;
import oht50.metrics.ruleplan.RuleOrders;
import oht50.metrics.ruleplan.RuleVersions;

/** The rules of a part in their order, and which of them look at a series. */
final class RulePlan {
  /** Series remembered; beyond it the memory is emptied and filled anew. */
  private static final int REMEMBERED = 8_192;

  private final List<PlannedRule> rules = new ArrayList<>();
  private final Map<Long, PlannedRule> byId = new HashMap<>();
  private final Map<Long, List<PlannedRule>> recorders = new HashMap<>(); // by id of one of them
  // matchers of a selector of a rule -> its number; by identity, as an expression always has the
  // same list
  private final Map<List<LabelMatcher>, Integer> selectors = new IdentityHashMap<>();
  private final Map<Labels, Interest> known = new HashMap<>();
  private final Map<SeriesLayout, Interest[]> knownLayouts = new HashMap<>();
  private final RuleOrders orders;
  private final Map<RuleOrders.Order, List<PlannedRule>> inOrder = new IdentityHashMap<>();
  private final RuleVersions versions;
  private final long offset;
  private final long keep;
  private final long expiry;

  /**
   * Who looks at a series.
   *
   * @param reach by the order of rules how far back of a tick its points count, ms; 0 for not at
   *     all
   * @param rules the orders of those that look at it
   * @param totals the orders of those that do not look only at its growth
   * @param selectors the numbers of those that take it in
   */
  record Interest(Labels labels, long[] reach, BitSet rules, BitSet totals, BitSet selectors) {
    boolean isNone() {
      return rules.isEmpty();
    }
  }

  /**
   * @throws IllegalArgumentException if a rule cannot be evaluated on a stream, with all reasons
   */
  RulePlan(
      List<PlacedRule> placed, RuleOrders orders, RuleVersions versions, RuleSettings settings) {
    EvaluationOptions options = settings.options();
    this.orders = orders;
    this.versions = versions;
    List<String> faults = new ArrayList<>();
    for (PlacedRule each : placed) {
      long said = each.group().intervalMillis();
      long interval =
          said == RuleGroup.DEFAULT_INTERVAL ? settings.defaultInterval().toMillis() : said;
      PlannedRule planned = new PlannedRule(rules.size(), each, interval, settings);
      String place = each.group().placed(each.rule());
      faultsOf(planned, settings).forEach(fault -> faults.add(place + ": " + fault));
      rules.add(planned);
      byId.merge(planned.id(), planned, (one, other) -> one.isEvaluated() ? one : other);
      planned.needs().forEach(need -> selectors.putIfAbsent(need.matchers(), selectors.size()));
    }
    this.offset = placed.isEmpty() ? 0 : placed.get(0).group().queryOffsetMillis();
    if (placed.stream().anyMatch(each -> each.group().queryOffsetMillis() != offset)) {
      faults.add("groups of one part need the same query_offset; put others into another part");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    this.expiry = options.expiryMillis();
    // A recorded series is ended by a marker if it was there within as long; after a longer failure
    // of its rule it has ended by itself.
    long reach = rules.stream().mapToLong(PlannedRule::reach).max().orElse(0);
    this.keep = Math.max(reach, options.lookbackMillis()) + longestInterval();
  }

  private static List<String> faultsOf(PlannedRule planned, RuleSettings settings) {
    List<String> faults = new ArrayList<>();
    Reach.of(planned.rule().expr(), settings.options())
        .unbounded()
        .forEach(each -> faults.add(each.place() + ": " + each.what()));
    if (planned.isAlert() && planned.group().limit() > 0) {
      faults.add("a limit of alerts is not kept on a stream; take it out of the group");
    }
    if (planned.reach() > settings.maxLookback().toMillis()) {
      faults.add(
          "it looks back %s, further than rules.max-lookback (%s) allows"
              .formatted(
                  Duration.ofMillis(planned.reach()).toString().substring(2),
                  settings.maxLookback().toString().substring(2)));
    }
    if (planned.interval() > settings.horizon().toMillis()) {
      faults.add("an interval longer than the horizon of corrections; make the horizon longer");
    }
    for (Reach.Need need : planned.needs()) {
      if (Placement.mayTakeIn(need, AlertSeries.ALERTS)
          || Placement.mayTakeIn(need, AlertSeries.ALERTS_FOR_STATE)) {
        faults.add("a selector that takes in ALERTS; name the metrics that it is for");
      }
    }
    return faults;
  }

  /** By their numbers. */
  List<PlannedRule> rules() {
    return rules;
  }

  /** In the order in which they are evaluated at a tick. */
  List<PlannedRule> rulesInOrder(long tick) {
    return inOrder.computeIfAbsent(orders.at(tick), order -> order.sorted(rules));
  }

  RuleOrders.Order orderAt(long tick) {
    return orders.at(tick);
  }

  /** Null if there is none any more; of one that is taken at other ticks what is evaluated here. */
  PlannedRule rule(long id) {
    return byId.get(id);
  }

  /** A rule and all others that are evaluated here and record the same metric, in their order. */
  List<PlannedRule> recordersLike(PlannedRule rule) {
    return recorders.computeIfAbsent(
        rule.id(),
        any ->
            rules.stream()
                .filter(each -> each == rule || each.records(rule.rule().name()))
                .toList());
  }

  /** The number of the newest version of the rules. */
  long version() {
    return versions.newest();
  }

  /** Of the rules that were valid at a tick; 0 of those of the configuration. */
  long versionAt(long tick) {
    return Math.max(0, versions.at(tick));
  }

  /** Whether some of them may say something where there are no samples. */
  boolean saysOfNothing() {
    return rules.stream().anyMatch(PlannedRule::saysOfNothing);
  }

  /** Notes the due ticks at which rules, or what they see, are others than in a version. */
  void noteChangesSince(long version, long frontier, long dueUntil, LateTicks late) {
    long changed = versions.changedSince(version);
    for (PlannedRule rule : rules) {
      long from =
          Stream.concat(rule.validity().changes().stream(), turns(rule))
              .mapToLong(change -> change)
              .filter(change -> change >= changed)
              .min()
              .orElse(Long.MAX_VALUE);
      if (from <= dueUntil && rule.isEvaluated()) {
        long tick = rule.tickFrom(Math.max(from, frontier));
        for (; tick <= dueUntil; tick += rule.interval()) {
          late.add(tick, rule.id());
        }
      }
    }
  }

  /** The ticks from which on it is evaluated before what it looks at, or no longer. */
  private Stream<Long> turns(PlannedRule rule) {
    return orders.changes().stream()
        .filter(
            tick -> {
              RuleOrders.Order before = orders.at(tick - 1);
              RuleOrders.Order after = orders.at(tick);
              return rules.stream()
                  .anyMatch(
                      other ->
                          before.isBefore(other.order(), rule.order())
                                  != after.isBefore(other.order(), rule.order())
                              && rule.looksAt(other));
            });
  }

  /** How long before a tick its rules look, ms. */
  long offset() {
    return offset;
  }

  /** How far back of the time of a tick points may count, ms. */
  long keep() {
    return keep;
  }

  /** How long the total of a counted series stands after it grew last, ms. */
  long expiry() {
    return expiry;
  }

  long longestInterval() {
    return rules.stream().mapToLong(PlannedRule::interval).max().orElse(0);
  }

  /** The first tick of any rule at or after a time; Long.MAX_VALUE without rules. */
  long tickFrom(long time) {
    return rules.stream().mapToLong(rule -> rule.tickFrom(time)).min().orElse(Long.MAX_VALUE);
  }

  Interest interest(Labels series) {
    Interest interest = known.get(series);
    if (interest == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      interest = interestOf(series);
      known.put(series, interest);
    }
    return interest;
  }

  /** By the place in the layout. */
  Interest[] interests(SeriesLayout layout) {
    Interest[] interests = knownLayouts.get(layout);
    if (interests == null) {
      if (knownLayouts.size() >= REMEMBERED) {
        knownLayouts.clear();
      }
      interests = new Interest[layout.size()];
      for (int i = 0; i < interests.length; i++) {
        interests[i] = interestOf(PartSeries.labels(layout.series(i)));
      }
      knownLayouts.put(layout, interests);
    }
    return interests;
  }

  private Interest interestOf(Labels series) {
    long[] reach = rules.stream().mapToLong(rule -> rule.reach(series)).toArray();
    BitSet some = new BitSet();
    BitSet totals = new BitSet();
    for (int order = 0; order < reach.length; order++) {
      some.set(order, reach[order] > 0);
      totals.set(order, rules.get(order).looksAtTotal(series));
    }
    BitSet takers = new BitSet();
    selectors.forEach((matchers, number) -> takers.set(number, Partials.meets(matchers, series)));
    return new Interest(series, reach, some, totals, takers);
  }

  /** The number of a selector of a rule; null of any other, as of a query in a template. */
  Integer selector(List<LabelMatcher> matchers) {
    return selectors.get(matchers);
  }

  /**
   * Notes the ticks at which a changed point counts and that were due already.
   *
   * @param dueUntil ms
   * @param recordedBy order of the rule that recorded it; -1 of none
   */
  void noteLate(Interest interest, long timestamp, long dueUntil, int recordedBy, LateTicks late) {
    RuleOrders.Order atTheTick = orders.at(timestamp + offset);
    for (int order = interest.rules().nextSetBit(0);
        order >= 0;
        order = interest.rules().nextSetBit(order + 1)) {
      // At the tick itself only rules after the one that records see what it records.
      long first = atTheTick.isBefore(recordedBy, order) ? timestamp : timestamp + 1;
      noteLate(rules.get(order), first, timestamp + interest.reach()[order], dueUntil, late);
    }
  }

  /**
   * The same of a counted series. What was counted at a time is in its total ever after; its growth
   * is another only for the reach, unless the series might not be there but for it.
   *
   * @param standsUntil until when the series is there without it, ms
   */
  void noteLateCount(
      Interest interest, long timestamp, long standsUntil, long dueUntil, LateTicks late) {
    boolean mayBeThereByIt = dueUntil >= standsUntil + offset;
    for (int order = interest.rules().nextSetBit(0);
        order >= 0;
        order = interest.rules().nextSetBit(order + 1)) {
      boolean isForEver = mayBeThereByIt || interest.totals().get(order);
      long until = isForEver ? dueUntil + 1 : timestamp + interest.reach()[order];
      noteLate(rules.get(order), timestamp, until, dueUntil, late);
    }
  }

  /** Notes the ticks of a rule whose times lie in {@code [first, until)} and that were due. */
  private void noteLate(PlannedRule rule, long first, long until, long dueUntil, LateTicks late) {
    long tick = rule.tickFrom(first + offset);
    for (; tick < until + offset && tick <= dueUntil; tick += rule.interval()) {
      late.add(tick, rule.id());
    }
  }
}

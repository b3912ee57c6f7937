package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SourceNames;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.Storage;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.RuleOrders;

/**
 * The points of a part for the length of one call; what has changed is written by {@link #store}.
 */
final class PartPoints {
  // How far settled totals lie behind, so that samples a little late leave them settled, and how
  // often they are: each slice between is read at each pass, each time all series are written.
  private static final long SETTLED_BEHIND = 2 * PointSlice.MILLIS;
  private static final long SETTLE_EVERY = 5 * PointSlice.MILLIS;

  private static final Comparator<Column> ORDER =
      Comparator.comparing(Column::labels, MetricLabels.ORDER).thenComparingInt(Column::recordedBy);

  private final PartStore store;
  private final RulePlan plan;
  private final PartSlices slices;
  private final Map<Integer, Column> columns = new HashMap<>(); // number of the series -> points
  private final Map<Integer, List<Column>> recorded = new HashMap<>(); // order of the rule -> its
  private final List<Column> sorted = new ArrayList<>();
  // matchers of a selector -> what they select; by identity, as the same selector comes each tick
  private final Map<List<LabelMatcher>, List<Column>> selected = new IdentityHashMap<>();
  private final BitSet lookedAt = new BitSet(); // orders of the rules that look at any series
  private final long[] standUntil; // order of the rule -> until when totals that it looks at stand
  private final PartSeries before;
  private PartSeries series;
  private long from = Long.MAX_VALUE;

  PartPoints(PartStore store, PartIndex index, RulePlan plan) {
    this.store = store;
    this.plan = plan;
    this.slices = new PartSlices(store, index.slices());
    PartSeries held = store.series();
    this.before = held == null ? PartSeries.NONE : held;
    this.series = before;
    this.standUntil = new long[plan.rules().size()];
    Arrays.fill(standUntil, Long.MIN_VALUE);
    for (int number = 0; number < series.size(); number++) {
      if (series.entry(number) != null) {
        note(series.entry(number));
      }
    }
  }

  private void note(PartSeries.Entry entry) {
    BitSet rules = plan.interest(entry.labels()).rules();
    lookedAt.or(rules);
    if (entry.isCounted()) {
      long until = entry.spokeUntil() + plan.expiry();
      rules.stream().forEach(order -> standUntil[order] = Math.max(standUntil[order], until));
    }
  }

  /** Whether a rule may see something in {@code (after, until]}; sure only of nothing. */
  boolean mayBeSeenBy(PlannedRule rule, long after, long until) {
    return lookedAt.get(rule.order())
        && (slices.mayHave(after, until) || standUntil[rule.order()] > after);
  }

  long[] starts() {
    return slices.starts();
  }

  /** Whether any rule may see something in {@code (after, until]}; sure only of nothing. */
  boolean mayBeSeen(long after, long until) {
    return slices.mayHave(after, until) || Arrays.stream(standUntil).anyMatch(time -> time > after);
  }

  /** Before it there is nothing to see; Long.MAX_VALUE if there is nothing at all. */
  long begin() {
    return series.hasForgotten() ? Long.MIN_VALUE : nextStart(Long.MIN_VALUE);
  }

  /** The start of the first slice after a time; Long.MAX_VALUE if there is none. */
  long nextStart(long time) {
    return slices.nextStart(time);
  }

  /** Makes sure that points from a time on are in memory. */
  void load(long time) {
    if (time >= from) {
      return;
    }
    from = PointSlice.startOf(time);
    columns.values().forEach(Column::clear);
    Totals totals = slices.addedUp(series.totals(from, plan.expiry()), from);
    for (int number = 0; number < series.size(); number++) {
      if (totals.of(number) != null) {
        column(number).countFrom(totals.of(number), plan.expiry());
      }
    }
    slices.from(from).forEach(this::fill);
  }

  private void fill(PointSlice slice) {
    for (int from = 0; from < slice.size(); ) {
      int to = from + 1;
      while (to < slice.size() && slice.series(to) == slice.series(from)) {
        to++;
      }
      fill(slice, from, to);
      from = to;
    }
  }

  /** The points of one series. */
  private void fill(PointSlice slice, int from, int to) {
    Column column = column(slice.series(from));
    if (series.entry(column.number()).isCounted()) {
      for (int i = from; i < to; i++) {
        if (Total.isCount(slice.value(i))) {
          column.put(slice.timestamp(i), slice.value(i));
        }
      }
    } else {
      column.append(slice, from, to);
    }
  }

  private Column column(int number) {
    Column column = columns.get(number);
    return column == null ? add(number) : column;
  }

  private Column add(int number) {
    PartSeries.Entry entry = series.entry(number);
    PlannedRule rule = plan.rule(entry.rule());
    boolean isOfGoneRule = rule == null && entry.rule() != PartSeries.NO_RULE;
    int recordedBy = rule == null ? -1 : rule.order();
    Column column = new Column(number, plan.interest(entry.labels()), recordedBy);
    columns.put(number, column);
    if (!isOfGoneRule) {
      sorted.add(column);
      selected.clear();
    }
    if (rule != null) {
      recorded.computeIfAbsent(rule.order(), any -> new ArrayList<>()).add(column);
    }
    return column;
  }

  /** The points as a rule sees them at a tick. */
  Storage seenBy(PlannedRule rule, long tick) {
    RuleOrders.Order order = plan.orderAt(tick);
    long time = tick - plan.offset();
    return (matchers, after, until) -> {
      List<StoredSeries> all = new ArrayList<>();
      for (Column column : selected.computeIfAbsent(matchers, this::matching)) {
        StoredSeries seen = column.seenBy(order, rule.order(), time);
        StoredSeries last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last != null && last.labels().equals(seen.labels())) {
          all.set(all.size() - 1, last.isCounted() ? last : merged(last, seen));
        } else {
          all.add(seen);
        }
      }
      return all;
    };
  }

  private List<Column> matching(List<LabelMatcher> matchers) {
    if (selected.isEmpty()) {
      sorted.sort(ORDER); // some may have come since the last selection
    }
    Integer selector = plan.selector(matchers);
    List<Column> matching = new ArrayList<>();
    for (Column column : sorted) {
      boolean isSelected =
          selector == null
              ? Partials.meets(matchers, column.labels())
              : column.interest().selectors().get(selector);
      if (isSelected) {
        matching.add(column);
      }
    }
    return matching;
  }

  /**
   * Of a series that comes in and is recorded, or is by two rules, the first one's points win. It
   * has not ended while one goes on with it, so a marker wins against nothing. Where a counted one
   * comes in nothing else is seen.
   */
  private static StoredSeries merged(StoredSeries first, StoredSeries second) {
    Column both = new Column(-1, first.labels());
    for (StoredSeries each : List.of(second, first)) {
      for (int i = each.from(); i < each.to(); i++) {
        boolean isEnd = StaleMarker.is(each.values()[i]);
        if (!isEnd || !both.has(each.timestamps()[i])) {
          both.put(each.timestamps()[i], each.values()[i]);
        }
      }
    }
    return both.all();
  }

  /** Gets what a rule records otherwise than before. */
  interface Changes {
    /**
     * @param isTold whether by it is another what all rules together say of the series at the time
     * @param told what they say; null for nothing
     */
    void changed(Labels labels, double value, boolean isRetracted, boolean isTold, Double told);
  }

  /** What rules of one name say of a series at a time: one that ends it says nothing to others. */
  private Double told(PlannedRule rule, Labels labels, long time) {
    Double told = null;
    for (PlannedRule each : plan.recordersLike(rule)) {
      for (Column column : recorded.getOrDefault(each.order(), List.of())) {
        Double said = column.labels().equals(labels) ? column.at(time) : null;
        if (said != null && (told == null || StaleMarker.is(told))) {
          told = said;
        }
      }
    }
    return told;
  }

  private static boolean isSame(Double one, Double other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
  }

  /**
   * Takes what a rule says for a time, in the place of what it said for it before; where a series
   * was there before and is not now there is a stale marker.
   *
   * @param said series -> value; null if the rule failed: then there is nothing of it at the time
   */
  void record(PlannedRule rule, long time, Map<Labels, Double> said, Changes changes) {
    List<Point> points = new ArrayList<>();
    Map<Labels, Double> wanted = new TreeMap<>(MetricLabels.ORDER);
    if (said != null) {
      wanted.putAll(said);
    }
    for (Column column : recorded.getOrDefault(rule.order(), List.of())) {
      if (said != null && !wanted.containsKey(column.labels()) && isThere(column, time)) {
        wanted.put(column.labels(), StaleMarker.VALUE);
      }
      if (!wanted.containsKey(column.labels()) && column.has(time)) {
        points.add(Point.gone(column.number(), time));
      }
    }
    wanted.forEach(
        (labels, value) -> {
          series = series.with(labels, rule.id(), MetricKind.GAUGE, time);
          lookedAt.or(plan.interest(labels).rules());
          points.add(Point.of(series.number(labels, rule.id()), time, value));
        });
    if (points.isEmpty()) {
      return;
    }
    boolean isAlone = plan.recordersLike(rule).size() == 1;
    long start = PointSlice.startOf(time);
    PointSlice slice = slices.slice(start);
    PointSlice after =
        slice.with(
            points,
            point -> {
              Column column = column(point.series());
              Double before = isAlone ? null : told(rule, column.labels(), time);
              if (point.isGone()) {
                column.remove(time);
              } else {
                column.put(time, point.value());
              }
              Double told = isAlone ? column.at(time) : told(rule, column.labels(), time);
              changes.changed(
                  column.labels(),
                  point.value(),
                  point.isGone(),
                  isAlone || !isSame(before, told),
                  told);
            });
    if (after != slice) {
      slices.put(start, after);
    }
  }

  private boolean isThere(Column column, long time) {
    int newest = column.newestBefore(time);
    return newest >= 0
        && column.timestamp(newest) > time - plan.keep()
        && !StaleMarker.is(column.value(newest));
  }

  /** What a change of an alert rests on. */
  Evidence evidence(PlannedRule rule, Labels alert, long tick, SourceNames sources) {
    return new PartEvidence(plan, slices, sources).of(rule, alert, tick, series);
  }

  /** Adds up what was counted before a time, now and then, so that it is not each time. */
  void settle(long time) {
    long until = PointSlice.startOf(time) - SETTLED_BEHIND;
    if (series.settledUntil() < until - SETTLE_EVERY) {
      Totals totals = slices.addedUp(series.totals(until, plan.expiry()), until);
      if (totals.areSome()) {
        series = series.settled(totals, until);
      }
    }
  }

  /** Lets go of what lies before a time, and of series that have not spoken since. */
  void forgetBefore(long time) {
    long start = PointSlice.startOf(time);
    Totals forgotten = slices.addedUp(series.forgotten(plan.expiry()), start);
    slices.forgetBefore(start);
    series = series.forgetting(forgotten, start).since(time - PointSlice.MILLIS, plan.expiry());
  }

  boolean isEmpty() {
    return slices.areNone() && !series.hasForgotten();
  }

  void store() {
    slices.store();
    if (series != before) {
      store.series(series.isEmpty() ? null : series);
    }
  }
}

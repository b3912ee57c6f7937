package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.RuleOrders;
import oht50.metrics.ruleplan.RuleVersions;

/**
 * Rules evaluated over one part of the series: samples in, in any order; changes of alerts and
 * recorded samples out.
 *
 * <p>Alerts and recorded series are a pure function of the samples sorted by time, as if the rules
 * had been evaluated tick by tick over all of them. A tick is evaluated when the watermark has
 * reached it. A late sample at t has every tick evaluated again that looked at t, and each that
 * looks at what was recorded otherwise by it; what is then not as it was published is published: a
 * missed alert with its true times, a false one withdrawn.
 *
 * <p>Values of series of kind delta are counts; what a rule sees at a time is their sum up to then.
 *
 * <p>Points leave state once nothing within the horizon can look at them, verdicts once they are
 * older than the horizon; of a counted series its sum stays until its expiry. A sample older than
 * {@code watermark - horizon} is not taken in. A part in which nothing is to be seen asks for
 * nothing, and in the end nothing is kept of it: rules that say something of nothing ({@code
 * absent}, {@code vector}) are evaluated only while there are points, and need somebody who keeps
 * their part awake.
 *
 * <p>Queries in templates see the points that are kept for expressions. Series {@code ALERTS} are
 * not there: rules that look at them are refused.
 */
public final class PartRules {
  /** How often old points and verdicts are let go, ms of the watermark. */
  private static final long LOOK_EVERY = 600_000;

  private final RulePlan plan;
  private final RuleSettings settings;
  private final long horizon;

  /**
   * @param rules by number
   * @param orders in which they are evaluated at a tick
   * @throws IllegalArgumentException if a rule cannot be evaluated so, with all reasons
   */
  public PartRules(
      List<PlacedRule> rules, RuleOrders orders, RuleVersions versions, RuleSettings settings) {
    this.plan = new RulePlan(rules, orders, versions, settings);
    this.settings = settings;
    this.horizon = settings.horizon().toMillis();
  }

  /**
   * Takes in samples that rules look at; others are let go.
   *
   * @return how many of those that rules look at are older than the horizon, and so are in no
   *     result
   */
  public int onBatch(SampleBatch batch, long watermark, PartStore store) {
    RulePlan.Interest[] interests = plan.interests(batch.layout());
    if (Arrays.stream(interests).allMatch(RulePlan.Interest::isNone)) {
      return 0;
    }
    PartIndex index = store.index();
    long oldest = Math.max(oldest(watermark), index == null ? Long.MIN_VALUE : index.frontier());
    Intake intake = new Intake(index, watermark, store);
    int beyond = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (interests[i].isNone()) {
        continue;
      }
      if (batch.timestamp(i) < oldest) {
        beyond++;
      } else {
        intake.add(batch, i, interests[i]);
      }
    }
    intake.store(oldest);
    return beyond;
  }

  /**
   * Takes in what other parts have handed on, in the order in which they did.
   *
   * @return how many that rules look at are older than the horizon
   */
  public int onRecorded(List<RecordedPoint> points, long watermark, PartStore store) {
    PartIndex index = store.index();
    long oldest = Math.max(oldest(watermark), index == null ? Long.MIN_VALUE : index.frontier());
    Intake intake = new Intake(index, watermark, store);
    int beyond = 0;
    for (RecordedPoint point : points) {
      RulePlan.Interest interest = plan.interest(point.labels());
      // Of a rule that is not known here yet it is not known yet who looks at it.
      if (interest.isNone() && plan.rule(point.rule()) != null) {
        continue;
      }
      if (point.timestamp() < oldest) {
        beyond++;
      } else {
        intake.add(point, interest);
      }
    }
    intake.store(oldest);
    return beyond;
  }

  /**
   * To be called once for a part of which rules may say something though it has no samples, when
   * the watermark has first come: from then on they are evaluated at each tick.
   */
  public void keepAwake(long watermark, PartStore store) {
    if (plan.saysOfNothing() && store.index() == null && watermark != Long.MAX_VALUE) {
      store.index(
          new PartIndex(
              plan.version(),
              oldest(watermark),
              watermark - 1,
              Long.MIN_VALUE,
              new long[0],
              new long[0],
              new LateTicks()));
      store.wakeAt(plan.tickFrom(watermark));
    }
  }

  /** Samples on their way into the slices. */
  private final class Intake {
    private final PartIndex index;
    private final PartStore store;
    private final long dueUntil;
    private final PartSeries before;
    private PartSeries series;
    private long newest;
    private final Map<Integer, RulePlan.Interest> interests = new TreeMap<>(); // by number
    private final Map<Long, List<Point>> incoming = new TreeMap<>(); // start of slice -> points

    Intake(PartIndex index, long watermark, PartStore store) {
      this.index = index;
      this.store = store;
      long time = watermark == Long.MAX_VALUE ? Long.MIN_VALUE : watermark;
      this.dueUntil = index == null ? time : Math.max(time, index.evaluated());
      PartSeries held = store.series();
      this.before = held == null ? PartSeries.NONE : held;
      this.series = before;
      this.newest = index == null ? Long.MIN_VALUE : index.newest();
    }

    void add(SampleBatch batch, int i, RulePlan.Interest interest) {
      int number =
          number(interest, PartSeries.NO_RULE, batch.layout().series(i).kind(), batch.timestamp(i));
      add(
          new Point(
              number,
              batch.timestamp(i),
              batch.values()[i],
              batch.sourceId(),
              batch.offset(),
              false));
    }

    void add(RecordedPoint point, RulePlan.Interest interest) {
      int number = number(interest, point.rule(), MetricKind.GAUGE, point.timestamp());
      add(
          point.isRetracted()
              ? Point.gone(number, point.timestamp())
              : Point.of(number, point.timestamp(), point.value()));
    }

    private int number(RulePlan.Interest interest, long rule, MetricKind kind, long time) {
      series = series.with(interest.labels(), rule, kind, time);
      int number = series.number(interest.labels(), rule);
      interests.put(number, interest);
      return number;
    }

    private void add(Point point) {
      newest = Math.max(newest, point.timestamp());
      incoming
          .computeIfAbsent(PointSlice.startOf(point.timestamp()), any -> new ArrayList<>())
          .add(point);
    }

    private void noteLate(Point point, LateTicks late) {
      PartSeries.Entry entry = series.entry(point.series());
      RulePlan.Interest interest = interests.get(point.series());
      long time = point.timestamp();
      if (!entry.isCounted()) {
        PlannedRule rule = plan.rule(entry.rule());
        plan.noteLate(interest, time, dueUntil, rule == null ? -1 : rule.order(), late);
        return;
      }
      long countedBefore = series.countedBefore(point.series(), time);
      long standsUntil =
          countedBefore == Long.MIN_VALUE ? Long.MIN_VALUE : countedBefore + plan.expiry();
      plan.noteLateCount(interest, time, standsUntil, dueUntil, late);
      series = series.changedAt(time);
    }

    void store(long oldest) {
      if (incoming.isEmpty()) {
        return;
      }
      TreeSet<Long> starts = new TreeSet<>();
      for (long start : index == null ? new long[0] : index.slices()) {
        starts.add(start);
      }
      LateTicks late = index == null ? new LateTicks() : index.late().copy();
      TreeSet<Long> changedAt = new TreeSet<>();
      for (Map.Entry<Long, List<Point>> each : incoming.entrySet()) {
        boolean isHeld = !starts.add(each.getKey());
        PointSlice slice = isHeld ? store.slice(each.getKey()) : PointSlice.EMPTY;
        PointSlice after =
            slice.with(
                each.getValue(),
                point -> {
                  changedAt.add(point.timestamp());
                  noteLate(point, late);
                });
        if (after != slice) {
          store.slice(each.getKey(), after);
        }
      }
      if (series != before) {
        store.series(series);
      }
      if (!changedAt.isEmpty()) {
        store.index(
            new PartIndex(
                index == null ? plan.version() : index.version(),
                index == null ? oldest : index.frontier(),
                index == null ? dueUntil : index.evaluated(),
                newest,
                starts.stream().mapToLong(start -> start).toArray(),
                index == null ? new long[0] : index.rules(),
                late));
        store.wakeAt(plan.tickFrom(changedAt.first() + plan.offset()));
      }
    }
  }

  /**
   * To be called when the watermark has reached an instant asked for by {@code wakeAt}. At the end
   * of a bounded input, Long.MAX_VALUE, time ends with the newest sample.
   *
   * @param decidedAt ms; in no identity
   */
  public void onWatermark(long watermark, long decidedAt, PartStore store, PartOutput out) {
    PartIndex index = store.index();
    if (index == null || watermark == Long.MIN_VALUE) {
      return;
    }
    boolean isEnd = watermark == Long.MAX_VALUE;
    long until = Math.max(isEnd ? index.newest() : watermark, index.evaluated());
    long oldest = isEnd ? Long.MAX_VALUE : oldest(watermark);
    PartPass pass = new PartPass(plan, settings, index, until, store, out);
    pass.run(oldest, decidedAt);
    boolean isLook =
        index.evaluated() != Long.MIN_VALUE && nextLook(index.evaluated()) <= watermark;
    if (isLook && !isEnd) {
      pass.forgetBefore(Math.max(oldest, index.frontier()));
    }
    pass.store();
    if (!isEnd) {
      pass.wake(nextLook(until));
    }
  }

  private static long nextLook(long instant) {
    return Math.floorDiv(instant, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }

  private long oldest(long watermark) {
    return watermark < Long.MIN_VALUE + horizon ? Long.MIN_VALUE : watermark - horizon;
  }
}

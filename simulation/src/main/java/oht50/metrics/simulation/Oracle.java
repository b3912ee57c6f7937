package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import oht50.metrics.model.Event;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/**
 * The answers as a batch computes them that has everything before it: sort, then fold. Slow,
 * obvious, and of the product it uses nothing but the words.
 */
final class Oracle {
  private static final long MINUTE = 60_000;
  private static final long STALE = 0x7ff0000000000002L;

  private final Function<String, SiteDays> daysOf; // robot -> its days
  private final Set<Answer> answers = new HashSet<>();

  private Oracle(Function<String, SiteDays> daysOf) {
    this.daysOf = daysOf;
  }

  /** Everything that must be in the tables once the watermark has passed all of it. */
  static Set<Answer> answers(Admissions admissions) {
    Oracle oracle =
        new Oracle(robot -> new SiteDays(admissions.registrationsOf(robot), admissions.zone()));
    Map<Series, TreeMap<Long, Double>> inChunks = pointsOf(admissions);
    inChunks.forEach(
        (series, points) ->
            points.forEach(
                (time, value) -> oracle.answers.add(Answer.Point.of(series.id(), time, value))));
    Map<Series, TreeMap<Long, Double>> all = withLatePoints(inChunks, admissions);
    all.forEach(oracle::series);
    all.keySet()
        .forEach(
            series ->
                oracle.answers.add(
                    new Answer.Expected(
                        series.id(),
                        expected(series, admissions.registrationsOf(series.entity())))));
    oracle.alerts(admissions.events, admissions.highestMark);
    oracle.answers.addAll(admissions.latePoints);
    oracle.latest();
    oracle.answers.addAll(admissions.uncounted);
    return oracle.answers;
  }

  /**
   * How often a series is expected to speak, ms: what comes with telemetry as the newest
   * registration says, else each second.
   */
  private static long expected(Series series, List<Registration> registrations) {
    if (series.kind() == MetricKind.DELTA) {
      return SeriesEntry.NEVER;
    }
    if (!series.name().startsWith("oht50_robot_")) {
      return 30_000;
    }
    long said =
        registrations.isEmpty()
            ? Registration.NOT_SAID
            : registrations.get(registrations.size() - 1).expectedIntervalMillis();
    return said == Registration.NOT_SAID ? 1_000 : said;
  }

  /** The alerts of events alone, as far as a watermark has come. */
  static Set<Answer> alertsOf(List<Event> events, long watermark) {
    Oracle oracle = new Oracle(robot -> null);
    oracle.alerts(events, watermark);
    return oracle.answers;
  }

  /** series -> time -> value */
  static Map<Series, TreeMap<Long, Double>> pointsOf(Admissions admissions) {
    Map<Series, TreeMap<Long, Admissions.Point>> chosen = new HashMap<>();
    for (Admissions.Point point : admissions.points) {
      TreeMap<Long, Admissions.Point> of =
          chosen.computeIfAbsent(point.series(), any -> new TreeMap<>());
      Admissions.Point other = of.get(point.timestamp());
      if (other == null || isAtOrAbove(point, other)) {
        of.put(point.timestamp(), point);
      }
    }
    Map<Series, TreeMap<Long, Double>> points = new HashMap<>();
    chosen.forEach(
        (series, of) ->
            of.forEach(
                (time, point) ->
                    points
                        .computeIfAbsent(series, any -> new TreeMap<>())
                        .put(time, point.value())));

    Map<Series, TreeMap<Long, Set<Long>>> counted = new HashMap<>();
    for (Admissions.Fact fact : admissions.facts) {
      counted
          .computeIfAbsent(fact.series(), any -> new TreeMap<>())
          .computeIfAbsent(fact.timestamp() / 1_000 * 1_000, any -> new HashSet<>())
          .add(fact.naturalKey());
    }
    counted.forEach(
        (series, of) ->
            of.forEach(
                (second, keys) ->
                    points
                        .computeIfAbsent(series, any -> new TreeMap<>())
                        .put(second, (double) keys.size())));
    return points;
  }

  /** All points of all series: a late one wins over one of a chunk. */
  private static Map<Series, TreeMap<Long, Double>> withLatePoints(
      Map<Series, TreeMap<Long, Double>> inChunks, Admissions admissions) {
    Map<Series, TreeMap<Long, Double>> all = new HashMap<>();
    inChunks.forEach((series, points) -> all.put(series, new TreeMap<>(points)));
    newestLate(admissions.latePoints)
        .forEach(
            point ->
                all.computeIfAbsent(admissions.seriesOf(point.series()), any -> new TreeMap<>())
                    .put(point.time(), Double.longBitsToDouble(point.value())));
    return all;
  }

  /** Of late points of one time that of the highest position. */
  static Collection<Answer.Late> newestLate(Collection<Answer.Late> late) {
    record At(long series, long time) {}

    Map<At, Answer.Late> newest = new HashMap<>();
    for (Answer.Late point : late) {
      newest.merge(new At(point.series(), point.time()), point, Oracle::newer);
    }
    return newest.values();
  }

  private static boolean isAtOrAbove(Admissions.Point a, Admissions.Point b) {
    if (a.sourceId() != b.sourceId()) {
      return a.sourceId() > b.sourceId();
    }
    return a.offset() >= b.offset();
  }

  /** The aggregates of a window. */
  record Fold(long count, double sum, double min, double max, double first, double last) {
    static final Fold NOTHING = new Fold(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    static Fold of(double value) {
      return Double.doubleToRawLongBits(value) == STALE
          ? NOTHING
          : new Fold(1, value, value, value, value, value);
    }

    Fold and(Fold later) {
      if (later.count == 0) {
        return this;
      }
      if (count == 0) {
        return later;
      }
      return new Fold(
          count + later.count,
          sum + later.sum,
          lower(min, later.min),
          higher(max, later.max),
          first,
          later.last);
    }

    private static double lower(double a, double b) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Double.NaN;
      }
      return a == 0 && b == 0 ? (1 / a < 0 ? a : b) : a < b ? a : b;
    }

    private static double higher(double a, double b) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Double.NaN;
      }
      return a == 0 && b == 0 ? (1 / a < 0 ? b : a) : a > b ? a : b;
    }
  }

  private void series(Series series, TreeMap<Long, Double> points) {
    TreeMap<Long, Fold> values = new TreeMap<>();
    points.forEach((time, value) -> values.put(time, Fold.of(value)));
    Flow flow = new Flow(series.kind(), points);
    TreeMap<Long, Fold> minutes = windows(series, "1m", every(MINUTE), values, flow);
    if (series.kind() == MetricKind.TRACKED_STATE) {
      minutes.keySet().forEach(minute -> flow.changes(series.id(), minute).ifPresent(answers::add));
    }
    TreeMap<Long, Fold> fives = windows(series, "5m", every(5 * MINUTE), minutes, flow);
    TreeMap<Long, Fold> quarters = windows(series, "15m", every(15 * MINUTE), fives, flow);
    windows(series, "1h", every(60 * MINUTE), quarters, flow);
    windows(series, "1d", daysOf.apply(series.entity()), quarters, flow);
  }

  /** How time is cut. */
  interface Cut {
    long start(long instant);

    long end(long instant);
  }

  private static Cut every(long length) {
    return new Cut() {
      @Override
      public long start(long instant) {
        return instant - instant % length;
      }

      @Override
      public long end(long instant) {
        return start(instant) + length;
      }
    };
  }

  /**
   * Of each series the newest point; of those of one time a late one, as readers see it, and of
   * these the one of the highest position.
   */
  private void latest() {
    Map<Long, Answer.Late> late = new HashMap<>();
    Map<Long, Answer.Point> points = new HashMap<>();
    for (Answer answer : answers) {
      if (answer instanceof Answer.Point point) {
        points.merge(point.series(), point, (a, b) -> a.time() > b.time() ? a : b);
      } else if (answer instanceof Answer.Late point) {
        late.merge(point.series(), point, Oracle::newer);
      }
    }
    points.forEach(
        (series, point) -> {
          Answer.Late other = late.remove(series);
          boolean isLate = other != null && other.time() >= point.time();
          answers.add(
              new Answer.Latest(
                  series,
                  isLate ? other.time() : point.time(),
                  isLate ? other.value() : point.value()));
        });
    late.forEach(
        (series, point) -> answers.add(new Answer.Latest(series, point.time(), point.value())));
  }

  private static Answer.Late newer(Answer.Late a, Answer.Late b) {
    if (a.time() != b.time()) {
      return a.time() > b.time() ? a : b;
    }
    boolean isHigher =
        a.sourceId() != b.sourceId() ? a.sourceId() > b.sourceId() : a.offset() > b.offset();
    return isHigher ? a : b;
  }

  private TreeMap<Long, Fold> windows(
      Series series, String interval, Cut cut, TreeMap<Long, Fold> children, Flow flow) {
    TreeMap<Long, Fold> windows = new TreeMap<>();
    TreeMap<Long, List<Long>> childrenOf = new TreeMap<>();
    children.forEach(
        (time, child) -> {
          long start = cut.start(time);
          windows.merge(start, child, Fold::and);
          childrenOf.computeIfAbsent(start, any -> new ArrayList<>()).add(time);
        });
    flow.level(interval, childrenOf);
    windows.forEach(
        (start, fold) -> {
          long end = cut.end(start);
          Flow.Row row = flow.row(interval, start, end, fold.sum);
          answers.add(
              Answer.Row.of(
                  series.id(),
                  interval,
                  start,
                  end,
                  true,
                  fold.count,
                  fold.sum,
                  fold.min,
                  fold.max,
                  fold.first,
                  fold.last,
                  row.increase(),
                  row.boundary(),
                  row.weighted(),
                  row.covered(),
                  row.gap()));
        });
    return windows;
  }

  private void alerts(List<Event> all, long watermark) {
    Map<String, Event> facts = new HashMap<>();
    for (Event event : all) {
      Event other = facts.get(event.kind() + event.id());
      if (other == null || event.position().offset() >= other.position().offset()) {
        facts.put(event.kind() + event.id(), event);
      }
    }
    Map<String, List<Event>> byRobot = new HashMap<>();
    for (Event event : facts.values()) {
      byRobot.computeIfAbsent(event.entity(), any -> new ArrayList<>()).add(event);
    }
    byRobot.forEach(
        (robot, events) -> {
          alerts(Setup.CRITICAL, 0, robot, events, Long.MAX_VALUE); // judged on arrival
          alerts(Setup.UNANSWERED, Setup.UNANSWERED_WITHIN, robot, events, watermark);
          alerts(Setup.STALLED, Setup.STALLED_WITHIN, robot, events, watermark);
        });
  }

  private void alerts(String rule, long within, String robot, List<Event> events, long watermark) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.removeIf(event -> !asks(rule, event) && !answers(rule, event));
    sorted.removeIf(event -> event.timestamp() > watermark);
    sorted.sort(
        Comparator.comparingLong(Event::timestamp)
            .thenComparing(event -> answers(rule, event) ? 1 : 0));
    Long asked = null;
    for (Event event : sorted) {
      if (!answers(rule, event)) {
        asked = asked == null ? event.timestamp() : asked;
      } else if (asked != null) {
        if (event.timestamp() - asked >= within) {
          answers.add(new Answer.Alert(rule, robot, asked, asked + within, event.timestamp()));
        }
        asked = null;
      }
    }
    if (asked != null && asked + within <= watermark) {
      answers.add(new Answer.Alert(rule, robot, asked, asked + within, Long.MAX_VALUE));
    }
  }

  private static boolean asks(String rule, Event event) {
    return !rule.equals(Setup.STALLED)
        ? "e_stop".equals(event.type())
        : "assigned".equals(event.status());
  }

  private static boolean answers(String rule, Event event) {
    return !rule.equals(Setup.STALLED)
        ? event.kind().word().equals("safety")
            && ("clear".equals(event.type()) || event.acknowledged())
        : "in_progress".equals(event.status()) || "completed".equals(event.status());
  }
}

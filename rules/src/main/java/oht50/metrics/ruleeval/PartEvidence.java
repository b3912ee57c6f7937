package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.Series;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleplan.Partials;

/**
 * Finds the points that a change of an alert rests on: of the series that its rule looks at and
 * that agree with its labels the newest at the tick. Asked for only where something is published.
 */
final class PartEvidence {
  private final RulePlan plan;
  private final PartSlices slices;
  private final SourceNames sources;

  PartEvidence(RulePlan plan, PartSlices slices, SourceNames sources) {
    this.plan = plan;
    this.slices = slices;
    this.sources = sources;
  }

  Evidence of(PlannedRule rule, Labels alert, long tick, PartSeries series) {
    long time = tick - plan.offset();
    Map<Integer, Labels> wanted = wanted(rule, alert, series);
    Map<Integer, Point> newest = new LinkedHashMap<>();
    long start = PointSlice.startOf(time);
    for (; start > time - rule.reach() - PointSlice.MILLIS; start -= PointSlice.MILLIS) {
      slices.slice(start).newestBy(time, wanted.keySet(), newest);
      if (newest.size() == wanted.size()) {
        break;
      }
    }
    List<Evidence.Point> points = new ArrayList<>();
    wanted.forEach(
        (number, labels) -> {
          Point point = newest.get(number);
          if (point != null && time - point.timestamp() < rule.reach(labels)) {
            points.add(point(labels, point));
          }
        });
    return new Evidence(plan.versionAt(tick), points);
  }

  /** Number -> labels, sorted by labels. */
  private static Map<Integer, Labels> wanted(PlannedRule rule, Labels alert, PartSeries series) {
    Map<Labels, Integer> all = new TreeMap<>(MetricLabels.ORDER);
    Map<Labels, Integer> agreeing = new TreeMap<>(MetricLabels.ORDER);
    for (int number = 0; number < series.size(); number++) {
      PartSeries.Entry entry = series.entry(number);
      if (entry != null && rule.reach(entry.labels()) > 0) {
        all.put(entry.labels(), number);
        if (agrees(entry.labels(), alert)) {
          agreeing.put(entry.labels(), number);
        }
      }
    }
    Map<Integer, Labels> wanted = new LinkedHashMap<>();
    // A rule may have written other labels: then nothing agrees, and all is shown.
    (agreeing.isEmpty() ? all : agreeing)
        .forEach(
            (labels, number) -> {
              if (wanted.size() < Evidence.MOST) {
                wanted.put(number, labels);
              }
            });
    return wanted;
  }

  private static boolean agrees(Labels series, Labels alert) {
    for (int i = 0; i < series.size(); i++) {
      String other = alert.get(series.name(i));
      if (other != null && !other.equals(series.value(i))) {
        return false;
      }
    }
    return true;
  }

  private Evidence.Point point(Labels labels, Point point) {
    boolean isOfJob = point.sourceId() == 0 && point.offset() == 0;
    Position position =
        isOfJob ? new Position("", 0, 0) : sources.position(point.sourceId(), point.offset());
    return new Evidence.Point(
        canonical(Partials.seen(labels)),
        false,
        point.timestamp(),
        point.value(),
        position.topic(),
        position.partition(),
        position.offset());
  }

  private static String canonical(Labels labels) {
    String name = labels.get(LabelMatcher.METRIC_NAME);
    Labels others = labels.without(List.of(LabelMatcher.METRIC_NAME));
    return Series.of(name == null ? "" : name, others, MetricKind.GAUGE).canonical();
  }
}

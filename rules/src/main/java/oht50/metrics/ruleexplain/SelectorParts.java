package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Shift;
import oht50.metrics.ruleexplain.PartContext.Found;

/** The series that selectors select, and why some of them have no value. */
final class SelectorParts {
  private final PartContext context;
  private final long time;

  SelectorParts(PartContext context, long time) {
    this.context = context;
    this.time = time;
  }

  /** The time that a selector or subquery looks back from. */
  long reference(Shift shift) {
    boolean isFixed = shift.anchor().kind() == Shift.Kind.TIME;
    return (isFixed ? shift.anchor().millis() : time) - shift.offsetMillis();
  }

  Part newest(Expr.VectorSelector selector, Wanted wanted) {
    Map<Labels, Double> values = new HashMap<>();
    context.samples(selector, time).forEach(sample -> values.put(sample.labels(), sample.value()));
    long reference = reference(selector.shift());
    List<Found> found = new ArrayList<>();
    for (StoredSeries series : stored(selector)) {
      Double value = values.get(series.labels());
      int newest = newest(series, reference);
      found.add(
          value == null
              ? Found.dropped(series.labels(), withoutValue(series, newest))
              : Found.kept(
                  series.labels(),
                  value,
                  "%s, of %s"
                      .formatted(Numbers.print(value), moment(series.timestamps()[newest]))));
    }
    return context.part(selector, wanted, found, remarks(selector, found), List.of());
  }

  Part all(Expr.MatrixSelector matrix, Wanted wanted) {
    Map<Labels, QueryResult.Points> points = new HashMap<>();
    context.points(matrix, time).forEach(each -> points.put(each.labels(), each));
    List<Found> found = new ArrayList<>();
    for (StoredSeries series : stored(matrix.selector())) {
      QueryResult.Points ofSeries = points.get(series.labels());
      found.add(
          ofSeries == null
              ? Found.dropped(
                  series.labels(),
                  "no samples in "
                      + Moments.duration(matrix.rangeMillis())
                      + beforeReference(matrix.selector()))
              : new Found(new Part.Entry(series.labels(), null, window(ofSeries)), true));
    }
    return context.part(matrix, wanted, found, remarks(matrix.selector(), found), List.of());
  }

  private String beforeReference(Expr.VectorSelector selector) {
    return " up to " + moment(reference(selector.shift()));
  }

  /** Like {@code 5 samples, 80 at 10:02:00 to 91 at 10:05:58}. */
  String window(QueryResult.Points points) {
    int last = points.timestamps().length - 1;
    String first = Numbers.print(points.values()[0]) + " at " + moment(points.timestamps()[0]);
    return last == 0
        ? "1 sample, " + first
        : "%d samples, %s to %s at %s"
            .formatted(
                last + 1,
                first,
                Numbers.print(points.values()[last]),
                moment(points.timestamps()[last]));
  }

  private List<StoredSeries> stored(Expr.VectorSelector selector) {
    return context.storage().select(selector.matchers(), Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .filter(series -> series.from() < series.to())
        .toList();
  }

  /** The index of the newest point not after a time; before {@code from} if there is none. */
  private static int newest(StoredSeries series, long reference) {
    int at = series.to() - 1;
    while (at >= series.from() && series.timestamps()[at] > reference) {
      at--;
    }
    return at;
  }

  private String withoutValue(StoredSeries series, int newest) {
    if (newest < series.from()) {
      return "no value: its first sample is of " + moment(series.timestamps()[series.from()]);
    }
    String when = moment(series.timestamps()[newest]);
    double value = series.values()[newest];
    long lookback =
        series.isCounted() ? context.options().expiryMillis() : context.options().lookbackMillis();
    return StaleMarker.is(value)
        ? "no value: it ended at " + when
        : "no value: its last sample, %s of %s, is older than %s"
            .formatted(Numbers.print(value), when, Moments.duration(lookback));
  }

  private String moment(long millis) {
    return context.moments().text(millis);
  }

  private List<String> remarks(Expr.VectorSelector selector, List<Found> found) {
    String metric = nameOf(selector);
    if (!found.isEmpty() || metric == null) {
      return found.isEmpty() ? List.of("no series") : List.of();
    }
    long series = context.catalogue().series(metric);
    if (series > 0) {
      String all = series == 1 ? "the one series" : "none of the " + series + " series";
      return List.of(
          "no series: "
              + all
              + " of "
              + metric
              + (series == 1 ? " does not have" : " has")
              + " these labels and points at this time");
    }
    List<String> similar = context.catalogue().similar(metric);
    return List.of(
        similar.isEmpty()
            ? "no series"
            : "no series; metrics with similar names: " + String.join(", ", similar));
  }

  private static String nameOf(Expr.VectorSelector selector) {
    for (LabelMatcher matcher : selector.matchers()) {
      if (matcher.name().equals(LabelMatcher.METRIC_NAME)
          && matcher.operator() == MatchOperator.EQUAL) {
        return matcher.value();
      }
    }
    return null;
  }
}

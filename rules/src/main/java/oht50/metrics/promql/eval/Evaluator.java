package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ValueType;

/** What expressions are over the points of a storage. Holds nothing between evaluations. */
public final class Evaluator {
  private final Storage storage;
  private final EvaluationOptions options;

  public Evaluator(Storage storage, EvaluationOptions options) {
    this.storage = storage;
    this.options = options;
  }

  /**
   * An expression at one time.
   *
   * @param at in milliseconds since the epoch
   * @throws EvaluationFailure if it has no value for these data
   */
  public QueryResult instant(Expr expr, long at) {
    Ticks ticks = Ticks.single(at);
    Evaluation evaluation = new Evaluation(storage, options, ticks, ticks);
    return switch (expr.type()) {
      case SCALAR -> new QueryResult.Scalar(evaluation.scalars(expr)[0]);
      case STRING -> new QueryResult.Text(evaluation.text(expr));
      case VECTOR -> new QueryResult.Vector(samples(evaluation, expr));
      case MATRIX -> new QueryResult.Matrix(points(evaluation.matrix(expr), at));
    };
  }

  private static List<QueryResult.Sample> samples(Evaluation evaluation, Expr expr) {
    List<QueryResult.Sample> samples = new ArrayList<>();
    for (TickSeries series : finished(evaluation, expr)) {
      if (series.present[0]) {
        samples.add(new QueryResult.Sample(series.labels, series.values[0]));
      }
    }
    return samples;
  }

  private static List<QueryResult.Points> points(Value.Matrix matrix, long at) {
    List<QueryResult.Points> points = new ArrayList<>();
    for (Value.RangeSeries series : matrix.series()) {
      SeriesWindow window = new SeriesWindow(series.points(), matrix.rangeMillis());
      window.moveTo(matrix.times().first(), at);
      if (window.count() > 0) {
        points.add(
            new QueryResult.Points(
                series.points().labels(), window.copyOfTimes(), window.copyOfValues()));
      }
    }
    points.sort(Comparator.comparing(QueryResult.Points::labels, MetricLabels.ORDER));
    return points;
  }

  /**
   * An expression at many times: {@code first, first + step, ..., not after last}.
   *
   * @throws EvaluationFailure if it has no value for these data
   * @throws IllegalArgumentException if its type is none that a time series can have, or the step
   *     is not positive
   */
  public QueryResult.Matrix range(Expr expr, long first, long last, long step) {
    if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw new IllegalArgumentException(
          "a range of ticks is for scalars and instant vectors, not for a " + expr.type());
    }
    if (step <= 0) {
      throw new IllegalArgumentException("a step of " + step + " ms; it must be positive");
    }
    Ticks ticks = new Ticks(first, last, step);
    Evaluation evaluation = new Evaluation(storage, options, ticks, ticks);
    if (expr.type() == ValueType.SCALAR) {
      long[] times = new long[ticks.count()];
      for (int tick = 0; tick < times.length; tick++) {
        times[tick] = ticks.at(tick);
      }
      QueryResult.Points points =
          new QueryResult.Points(Labels.EMPTY, times, evaluation.scalars(expr));
      return new QueryResult.Matrix(times.length == 0 ? List.of() : List.of(points));
    }
    List<QueryResult.Points> points = new ArrayList<>();
    for (TickSeries series : finished(evaluation, expr)) {
      StoredSeries present = Evaluation.points(series, ticks);
      SeriesWindow all = new SeriesWindow(present, last - first + 1);
      all.moveTo(last, last);
      if (all.count() > 0) {
        points.add(new QueryResult.Points(series.labels, all.copyOfTimes(), all.copyOfValues()));
      }
    }
    points.sort(Comparator.comparing(QueryResult.Points::labels, MetricLabels.ORDER));
    return new QueryResult.Matrix(points);
  }

  /** Takes away the names that are still to go. */
  private static List<TickSeries> finished(Evaluation evaluation, Expr expr) {
    List<TickSeries> vector = evaluation.vector(expr);
    if (!evaluation.dropsNamesLast()) {
      return vector;
    }
    List<TickSeries> finished = new ArrayList<>();
    for (TickSeries series : vector) {
      finished.add(
          series.losesName
              ? series.relabelled(MetricLabels.dropMetric(series.labels), true)
              : series);
    }
    return SameLabels.merge(finished);
  }
}

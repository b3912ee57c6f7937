package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.ValueType;

/** The walk over a tree: what each part of it is at all ticks. */
final class Evaluation implements ExprVisitor<Value> {
  private final Storage storage;
  private final EvaluationOptions options;
  private final Ticks ticks;
  private final Ticks query;
  private final Selection selection;

  /**
   * @param ticks of this expression, which may be a subquery
   * @param query the ticks of the whole query
   */
  Evaluation(Storage storage, EvaluationOptions options, Ticks ticks, Ticks query) {
    this.storage = storage;
    this.options = options;
    this.ticks = ticks;
    this.query = query;
    this.selection = new Selection(storage, ticks, options);
  }

  List<TickSeries> vector(Expr expr) {
    return ((Value.Vector) expr.accept(this)).series();
  }

  double[] scalars(Expr expr) {
    return ((Value.Scalars) expr.accept(this)).values();
  }

  String text(Expr expr) {
    return ((Value.Text) expr.accept(this)).value();
  }

  Value.Matrix matrix(Expr expr) {
    return (Value.Matrix) expr.accept(this);
  }

  Ticks ticks() {
    return ticks;
  }

  long expiryMillis() {
    return options.expiryMillis();
  }

  boolean dropsNamesLast() {
    return options.dropsNamesLast();
  }

  /** The newest samples' times in seconds. */
  List<TickSeries> timesOfSamples(Expr.VectorSelector selector) {
    return selection.newest(selector.matchers(), times(selector), true);
  }

  /** The same number at each tick. */
  double[] constant(double value) {
    double[] values = new double[ticks.count()];
    Arrays.fill(values, value);
    return values;
  }

  /** A series of another metric: its name goes now or, if names go last, later. */
  TickSeries withoutName(TickSeries series) {
    return series.relabelled(
        options.dropsNamesLast() ? series.labels : MetricLabels.dropMetric(series.labels), true);
  }

  /** A vector whose series may have come to the same labels. */
  Value.Vector joined(List<TickSeries> vector) {
    // At a single tick Prometheus looks at the end only, when names go last.
    boolean isLookedAtLater = options.dropsNamesLast() && ticks.count() == 1;
    return new Value.Vector(isLookedAtLater ? vector : SameLabels.merge(vector));
  }

  private ReferenceTimes times(Expr.VectorSelector selector) {
    return new ReferenceTimes(selector.shift(), ticks, query);
  }

  @Override
  public Value number(Expr.Number number) {
    return new Value.Scalars(constant(number.value()));
  }

  @Override
  public Value text(Expr.Text text) {
    return new Value.Text(text.value());
  }

  @Override
  public Value vectorSelector(Expr.VectorSelector selector) {
    return new Value.Vector(selection.newest(selector.matchers(), times(selector), false));
  }

  @Override
  public Value matrixSelector(Expr.MatrixSelector matrix) {
    Expr.VectorSelector selector = matrix.selector();
    return selection.all(selector.matchers(), times(selector), matrix.rangeMillis());
  }

  /** The inner ticks are multiples of the step since the epoch, whatever the outer ones are. */
  @Override
  public Value subquery(Expr.Subquery subquery) {
    ReferenceTimes times = new ReferenceTimes(subquery.shift(), ticks, query);
    List<Value.RangeSeries> points = new ArrayList<>();
    if (ticks.count() > 0) {
      long step = subquery.stepMillis() == 0 ? options.subqueryStepMillis() : subquery.stepMillis();
      long after = times.first() - subquery.rangeMillis();
      long first = (Math.floorDiv(after, step) + 1) * step;
      Ticks inner = new Ticks(first, times.last(), step);
      for (TickSeries series :
          new Evaluation(storage, options, inner, query).vector(subquery.expr())) {
        points.add(new Value.RangeSeries(points(series, inner), series.losesName));
      }
    }
    return new Value.Matrix(points, times, subquery.rangeMillis());
  }

  /** The points of a series at the ticks at which it is there. */
  static StoredSeries points(TickSeries series, Ticks ticks) {
    long[] timestamps = new long[ticks.count()];
    double[] values = new double[ticks.count()];
    int count = 0;
    for (int tick = 0; tick < ticks.count(); tick++) {
      if (series.present[tick]) {
        timestamps[count] = ticks.at(tick);
        values[count] = series.values[tick];
        count++;
      }
    }
    return new StoredSeries(series.labels, timestamps, values, 0, count);
  }

  @Override
  public Value parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public Value unary(Expr.Unary unary) {
    Value value = unary.expr().accept(this);
    if (!unary.isNegation()) {
      return value;
    }
    if (value instanceof Value.Scalars scalars) {
      return new Value.Scalars(Arrays.stream(scalars.values()).map(v -> -v).toArray());
    }
    List<TickSeries> negated = new ArrayList<>();
    for (TickSeries series : ((Value.Vector) value).series()) {
      TickSeries negative = new TickSeries(series.labels, true, ticks.count());
      for (int tick = 0; tick < ticks.count(); tick++) {
        if (series.present[tick]) {
          negative.set(tick, -series.values[tick]);
        }
      }
      negated.add(withoutName(negative));
    }
    return new Value.Vector(options.dropsNamesLast() ? negated : SameLabels.merge(negated));
  }

  @Override
  public Value binary(Expr.Binary binary) {
    boolean isLeftScalar = binary.left().type() == ValueType.SCALAR;
    boolean isRightScalar = binary.right().type() == ValueType.SCALAR;
    if (isLeftScalar && isRightScalar) {
      double[] left = scalars(binary.left());
      return new Value.Scalars(
          ScalarOperations.apply(binary.operator(), left, scalars(binary.right())));
    }
    if (isLeftScalar || isRightScalar) {
      return joined(new ScalarSideOperations(this, binary).apply());
    }
    List<TickSeries> left = vector(binary.left());
    List<TickSeries> right = vector(binary.right());
    if (binary.operator().kind() == BinaryOperator.Kind.SET) {
      return joined(
          new SetOperations(binary.matching(), left, right, ticks.count())
              .apply(binary.operator()));
    }
    return new Value.Vector(
        new VectorOperations(binary, left, right, ticks.count(), options.dropsNamesLast()).apply());
  }

  @Override
  public Value aggregation(Expr.Aggregation aggregation) {
    AggregationOperator operator = aggregation.operator();
    Expr parameter = aggregation.parameter();
    String label =
        operator == AggregationOperator.COUNT_VALUES
            ? Aggregations.checkedLabel(text(parameter))
            : null;
    Aggregations aggregations =
        new Aggregations(aggregation, vector(aggregation.expr()), ticks.count());
    return new Value.Vector(
        switch (operator) {
          case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> aggregations.fold(null);
          case QUANTILE -> aggregations.fold(scalars(parameter));
          case TOPK, BOTTOMK -> aggregations.rank(scalars(parameter));
          case COUNT_VALUES -> aggregations.countValues(label);
        });
  }

  @Override
  public Value call(Expr.Call call) {
    return new Calls(this, call).value();
  }
}

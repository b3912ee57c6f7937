package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.ValueType;

/** A call of a function, by the family of the function. */
final class Calls {
  private final Evaluation evaluation;
  private final Function function;
  private final List<Expr> arguments;
  private final int ticks;

  Calls(Evaluation evaluation, Expr.Call call) {
    this.evaluation = evaluation;
    this.function = call.function();
    this.arguments = new ArrayList<>(call.arguments());
    this.arguments.replaceAll(Expr::unwrapped);
    this.ticks = evaluation.ticks().count();
  }

  Value value() {
    return switch (function) {
      case ABS,
          CEIL,
          FLOOR,
          ROUND,
          CLAMP,
          CLAMP_MAX,
          CLAMP_MIN,
          SGN,
          SQRT,
          EXP,
          LN,
          LOG2,
          LOG10,
          SIN,
          COS,
          TAN,
          ASIN,
          ACOS,
          ATAN,
          SINH,
          COSH,
          TANH,
          ASINH,
          ACOSH,
          ATANH,
          DEG,
          RAD ->
          evaluation.joined(ofElements(evaluation.vector(arguments.get(0))));
      case MINUTE, HOUR, DAY_OF_WEEK, DAY_OF_MONTH, DAY_OF_YEAR, DAYS_IN_MONTH, MONTH, YEAR ->
          evaluation.joined(
              ofElements(
                  arguments.isEmpty()
                      ? List.of(unlabelled(times()))
                      : evaluation.vector(arguments.get(0))));
      case RATE,
          INCREASE,
          IRATE,
          RESETS,
          DELTA,
          IDELTA,
          CHANGES,
          DERIV,
          PREDICT_LINEAR,
          AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          SUM_OVER_TIME,
          COUNT_OVER_TIME,
          QUANTILE_OVER_TIME,
          STDDEV_OVER_TIME,
          STDVAR_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME,
          PRESENT_OVER_TIME ->
          overTime();
      case ABSENT_OVER_TIME -> absent(presenceOverTime());
      case ABSENT -> absent(presence());
      case TIMESTAMP -> evaluation.joined(timestamps());
      case SORT -> new Value.Vector(sorted(Comparator.naturalOrder()));
      case SORT_DESC -> new Value.Vector(sorted(Comparator.reverseOrder()));
      case HISTOGRAM_QUANTILE -> {
        double[] quantiles = evaluation.scalars(arguments.get(0));
        yield histograms((histogram, tick) -> histogram.quantile(quantiles[tick]));
      }
      case HISTOGRAM_FRACTION -> {
        double[] lower = evaluation.scalars(arguments.get(0));
        double[] upper = evaluation.scalars(arguments.get(1));
        yield histograms((histogram, tick) -> histogram.fraction(lower[tick], upper[tick]));
      }
      case LABEL_REPLACE ->
          new Value.Vector(
              LabelFunctions.replace(
                  () -> evaluation.vector(arguments.get(0)), text(1), text(2), text(3), text(4)));
      case LABEL_JOIN ->
          new Value.Vector(
              LabelFunctions.join(
                  () -> evaluation.vector(arguments.get(0)), text(1), text(2), textsFrom(3)));
      case SCALAR_OF -> new Value.Scalars(onlyValues());
      case VECTOR_OF ->
          new Value.Vector(
              ticks == 0 ? List.of() : List.of(unlabelled(evaluation.scalars(arguments.get(0)))));
      case TIME -> new Value.Scalars(times());
      case PI -> new Value.Scalars(evaluation.constant(Math.PI));
    };
  }

  private String text(int argument) {
    return evaluation.text(arguments.get(argument));
  }

  private List<String> textsFrom(int argument) {
    List<String> texts = new ArrayList<>();
    for (int i = argument; i < arguments.size(); i++) {
      texts.add(text(i));
    }
    return texts;
  }

  /** The times of evaluation in seconds. */
  private double[] times() {
    double[] times = new double[ticks];
    for (int tick = 0; tick < ticks; tick++) {
      times[tick] = evaluation.ticks().at(tick) / 1000.0;
    }
    return times;
  }

  private TickSeries unlabelled(double[] values) {
    TickSeries series = new TickSeries(Labels.EMPTY, false, ticks);
    for (int tick = 0; tick < ticks; tick++) {
      series.set(tick, values[tick]);
    }
    return series;
  }

  private List<TickSeries> ofElements(List<TickSeries> vector) {
    ElementFunction body = ElementFunctions.of(function);
    double[] first = scalarsOrOnes(1);
    double[] second = scalarsOrOnes(2);
    List<TickSeries> result = new ArrayList<>();
    for (TickSeries series : vector) {
      TickSeries mapped = new TickSeries(series.labels, true, ticks);
      for (int tick = 0; tick < ticks; tick++) {
        boolean isNowhere = function == Function.CLAMP && second[tick] < first[tick];
        if (series.present[tick] && !isNowhere) {
          mapped.set(tick, body.apply(series.values[tick], first[tick], second[tick]));
        }
      }
      if (!mapped.isEmpty()) {
        result.add(evaluation.withoutName(mapped));
      }
    }
    return result;
  }

  private double[] scalarsOrOnes(int argument) {
    return argument < arguments.size()
        ? evaluation.scalars(arguments.get(argument))
        : evaluation.constant(1);
  }

  private Value overTime() {
    Value.Matrix matrix = null;
    double[] scalars = evaluation.constant(Double.NaN);
    for (Expr argument : arguments) {
      if (argument.type() == ValueType.MATRIX) {
        matrix = evaluation.matrix(argument);
      } else {
        scalars = evaluation.scalars(argument);
      }
    }
    List<TickSeries> result = new ArrayList<>();
    for (Value.RangeSeries ranged : matrix.series()) {
      RangeFunction body = RangeFunction.of(function, ranged.points());
      SeriesWindow window = new SeriesWindow(ranged.points(), matrix.rangeMillis());
      TickSeries series = new TickSeries(ranged.points().labels(), false, ticks);
      for (int tick = 0; tick < ticks; tick++) {
        window.moveTo(matrix.times().at(tick), evaluation.ticks().at(tick));
        if (body.isOf(window, evaluation.expiryMillis())) {
          series.set(tick, body.body().apply(window, scalars[tick]));
        }
      }
      if (!series.isEmpty()) {
        boolean keepsName = body.keepsName() && !ranged.losesName();
        result.add(keepsName ? series : evaluation.withoutName(series));
      }
    }
    return new Value.Vector(evaluation.dropsNamesLast() ? result : SameLabels.refuse(result));
  }

  private boolean[] presence() {
    boolean[] presence = new boolean[ticks];
    for (TickSeries series : evaluation.vector(arguments.get(0))) {
      for (int tick = 0; tick < ticks; tick++) {
        presence[tick] |= series.present[tick];
      }
    }
    return presence;
  }

  private boolean[] presenceOverTime() {
    boolean[] presence = new boolean[ticks];
    Value.Matrix matrix = evaluation.matrix(arguments.get(0));
    for (Value.RangeSeries ranged : matrix.series()) {
      SeriesWindow window = new SeriesWindow(ranged.points(), matrix.rangeMillis());
      for (int tick = 0; tick < ticks; tick++) {
        window.moveTo(matrix.times().at(tick), evaluation.ticks().at(tick));
        presence[tick] |= window.count() > 0;
      }
    }
    return presence;
  }

  private Value absent(boolean[] presence) {
    TickSeries absent = new TickSeries(LabelFunctions.ofAbsent(arguments.get(0)), false, ticks);
    for (int tick = 0; tick < ticks; tick++) {
      if (!presence[tick]) {
        absent.set(tick, 1);
      }
    }
    return new Value.Vector(absent.isEmpty() ? List.of() : List.of(absent));
  }

  /** Of a selector the times of its samples; anything else is of the time of evaluation. */
  private List<TickSeries> timestamps() {
    List<TickSeries> result = new ArrayList<>();
    if (arguments.get(0) instanceof Expr.VectorSelector selector) {
      evaluation
          .timesOfSamples(selector)
          .forEach(series -> result.add(evaluation.withoutName(series)));
      return result;
    }
    double[] times = times();
    for (TickSeries series : evaluation.vector(arguments.get(0))) {
      TickSeries timed = new TickSeries(series.labels, true, ticks);
      for (int tick = 0; tick < ticks; tick++) {
        if (series.present[tick]) {
          timed.set(tick, times[tick]);
        }
      }
      result.add(evaluation.withoutName(timed));
    }
    return result;
  }

  /** By value with NaN at the end; of more ticks than one there is no order. */
  private List<TickSeries> sorted(Comparator<Double> order) {
    List<TickSeries> vector = new ArrayList<>(evaluation.vector(arguments.get(0)));
    if (ticks == 1) {
      Comparator<TickSeries> byValue =
          Comparator.comparing(series -> series.values[0] + 0.0, order);
      vector.sort(
          Comparator.<TickSeries, Boolean>comparing(series -> Double.isNaN(series.values[0]))
              .thenComparing(byValue));
    }
    return vector;
  }

  private Value histograms(HistogramFunctions.Question question) {
    List<TickSeries> buckets = evaluation.vector(arguments.get(arguments.size() - 1));
    List<TickSeries> answers = HistogramFunctions.answers(buckets, ticks, question);
    return evaluation.joined(answers.stream().map(evaluation::withoutName).toList());
  }

  /** At each tick the value of the only series, else NaN. */
  private double[] onlyValues() {
    double[] values = evaluation.constant(Double.NaN);
    boolean[] isTaken = new boolean[ticks];
    for (TickSeries series : evaluation.vector(arguments.get(0))) {
      for (int tick = 0; tick < ticks; tick++) {
        if (series.present[tick]) {
          values[tick] = isTaken[tick] ? Double.NaN : series.values[tick];
          isTaken[tick] = true;
        }
      }
    }
    return values;
  }
}

package oht50.metrics.promql.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.ValueType;

/** Whether an evaluation says what is expected; the answer is what differs, or null. */
final class Comparison {
  /** Relative differences below this do not count, as in Prometheus. */
  private static final double TOLERANCE = 1e-6;

  private final Command.Eval eval;
  private final Expectation expected;

  Comparison(Command.Eval eval) {
    this.eval = eval;
    this.expected = eval.expectation();
  }

  String faultOfFailure(String message) {
    if (!expected.isFailure) {
      return "failed: " + message;
    }
    if (expected.failureMessage != null && !expected.failureMessage.equals(message)) {
      return "expected the failure '" + expected.failureMessage + "', not '" + message + "'";
    }
    if (expected.failurePattern != null && !expected.failurePattern.matcher(message).find()) {
      return "expected a failure like '" + expected.failurePattern + "', not '" + message + "'";
    }
    return null;
  }

  String faultOf(QueryResult result) {
    if (expected.isFailure) {
      return "expected a failure";
    }
    if (result instanceof QueryResult.Matrix matrix) {
      return faultOf(matrix);
    }
    if (result instanceof QueryResult.Vector vector) {
      return faultOf(vector);
    }
    if (result instanceof QueryResult.Scalar scalar) {
      return faultOf(scalar);
    }
    String text = ((QueryResult.Text) result).value();
    return text.equals(expected.text)
        ? null
        : "expected the string '" + expected.text + "', not '" + text + "'";
  }

  private String faultOf(QueryResult.Scalar scalar) {
    if (expected.scalar == null) {
      return "expected no scalar, not " + Numbers.print(scalar.value());
    }
    return areEqual(expected.scalar, scalar.value())
        ? null
        : "expected " + Numbers.print(expected.scalar) + ", not " + Numbers.print(scalar.value());
  }

  private String faultOf(QueryResult.Vector vector) {
    if (expected.scalar != null) {
      return "expected a scalar, not a vector";
    }
    List<Labels> order = expected.order();
    Set<Labels> seen = new HashSet<>();
    for (int i = 0; i < vector.samples().size(); i++) {
      QueryResult.Sample sample = vector.samples().get(i);
      SeriesLine line = expected.series.get(sample.labels());
      if (line == null) {
        return "unexpected " + text(sample.labels(), sample.value());
      }
      if (expected.isOrdered && order.indexOf(sample.labels()) != i) {
        return "series %s is in place %d".formatted(MetricLabels.text(sample.labels()), i + 1);
      }
      if (!areEqual(line.values()[0], sample.value())) {
        return "expected %s, not %s"
            .formatted(text(sample.labels(), line.values()[0]), Numbers.print(sample.value()));
      }
      seen.add(sample.labels());
    }
    return missing(seen);
  }

  private static String text(Labels labels, double value) {
    return MetricLabels.text(labels) + " " + Numbers.print(value);
  }

  private String missing(Set<Labels> seen) {
    for (Labels labels : expected.series.keySet()) {
      if (!seen.contains(labels)) {
        return "expected " + MetricLabels.text(labels) + ", which is missing";
      }
    }
    return null;
  }

  private String faultOf(QueryResult.Matrix matrix) {
    if (expected.scalar != null) {
      return "expected a scalar, not series of many times";
    }
    Expectation.RangeVector range =
        expected.rangeVector == null
            ? new Expectation.RangeVector(eval.firstMillis(), eval.lastMillis(), eval.stepMillis())
            : expected.rangeVector;
    Set<Labels> seen = new HashSet<>();
    for (QueryResult.Points points : matrix.series()) {
      SeriesLine line = expected.series.get(points.labels());
      if (line == null) {
        return "unexpected " + text(points.labels(), points.values()[0]);
      }
      String fault = faultOf(points, line, range);
      if (fault != null) {
        return MetricLabels.text(points.labels()) + ": " + fault;
      }
      seen.add(points.labels());
    }
    return missing(seen);
  }

  private static String faultOf(
      QueryResult.Points points, SeriesLine line, Expectation.RangeVector range) {
    int next = 0;
    for (int i = 0; i < line.values().length; i++) {
      long time = range.firstMillis() + i * range.stepMillis();
      if (time > range.lastMillis()) {
        return "more values are expected than there are times";
      }
      if (line.omitted()[i]) {
        continue;
      }
      if (next == points.timestamps().length || points.timestamps()[next] != time) {
        return "expected " + Numbers.print(line.values()[i]) + " at " + time + " ms, not nothing";
      }
      if (!areEqual(line.values()[i], points.values()[next])) {
        return "expected %s at %d ms, not %s"
            .formatted(Numbers.print(line.values()[i]), time, Numbers.print(points.values()[next]));
      }
      next++;
    }
    return next == points.timestamps().length
        ? null
        : "unexpected %s at %d ms"
            .formatted(Numbers.print(points.values()[next]), points.timestamps()[next]);
  }

  /** The samples of one time. */
  static QueryResult at(QueryResult.Matrix matrix, long time, ValueType type) {
    List<QueryResult.Sample> samples = new ArrayList<>();
    for (QueryResult.Points points : matrix.series()) {
      for (int i = 0; i < points.timestamps().length; i++) {
        if (points.timestamps()[i] == time) {
          samples.add(new QueryResult.Sample(points.labels(), points.values()[i]));
        }
      }
    }
    return type == ValueType.SCALAR
        ? new QueryResult.Scalar(samples.get(0).value())
        : new QueryResult.Vector(samples);
  }

  private static boolean areEqual(double left, double right) {
    if (StaleMarker.is(left) || StaleMarker.is(right)) {
      return StaleMarker.is(left) && StaleMarker.is(right);
    }
    if (left == right || (Double.isNaN(left) && Double.isNaN(right))) {
      return true;
    }
    double sum = Math.abs(left) + Math.abs(right);
    double difference = Math.abs(left - right);
    if (left == 0 || right == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }
}

package oht50.metrics.promql.eval;

import java.util.List;
import oht50.metrics.model.Labels;

/** What a query says. */
public sealed interface QueryResult {
  /** A number. */
  record Scalar(double value) implements QueryResult {}

  /** A string. */
  record Text(String value) implements QueryResult {}

  /** Samples of one time; in the order of series, or sorted where the expression sorts. */
  record Vector(List<Sample> samples) implements QueryResult {
    public Vector {
      samples = List.copyOf(samples);
    }
  }

  /** Points of many times; the series sorted by labels. */
  record Matrix(List<Points> series) implements QueryResult {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /** A value of a series. */
  record Sample(Labels labels, double value) {}

  /**
   * Values of a series.
   *
   * @param timestamps in milliseconds since the epoch
   */
  record Points(Labels labels, long[] timestamps, double[] values) {}
}

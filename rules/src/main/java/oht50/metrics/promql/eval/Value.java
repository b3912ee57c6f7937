package oht50.metrics.promql.eval;

import java.util.List;

/** What an expression is at all ticks. */
sealed interface Value {
  /** A number at each tick. */
  record Scalars(double[] values) implements Value {}

  /** Series; none has the labels of another unless names are still to go. */
  record Vector(List<TickSeries> series) implements Value {}

  /** A string. */
  record Text(String value) implements Value {}

  /**
   * Points of a series.
   *
   * @param losesName whether the metric's name, kept so far, is to go at the end
   */
  record RangeSeries(StoredSeries points, boolean losesName) {}

  /** Points of series, and the spans that count at each tick. */
  record Matrix(List<RangeSeries> series, ReferenceTimes times, long rangeMillis)
      implements Value {}
}

package oht50.metrics.promql.conformance;

import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.notation.SeriesLine;

/** A step of a test file. */
sealed interface Command {
  /**
   * Adds points: the first at the epoch, then one each step.
   *
   * @param isWithHistograms whether classic histograms become native ones besides
   * @param withStartTimes series that say when their counters began
   */
  record Load(
      long stepMillis,
      boolean isWithHistograms,
      List<SeriesLine> series,
      Set<Labels> withStartTimes)
      implements Command {}

  /** Forgets all points. */
  record Clear() implements Command {}

  /**
   * Evaluates an expression, at one time or, if {@code stepMillis} is positive, at many.
   *
   * @param line counted from 1
   */
  record Eval(
      int line,
      String expression,
      long firstMillis,
      long lastMillis,
      long stepMillis,
      Expectation expectation)
      implements Command {
    boolean isRange() {
      return stepMillis > 0;
    }
  }
}

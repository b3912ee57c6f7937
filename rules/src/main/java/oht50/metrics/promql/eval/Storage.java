package oht50.metrics.promql.eval;

import java.util.List;
import oht50.metrics.promql.syntax.LabelMatcher;

/** Where the points are. */
public interface Storage {
  /**
   * The series that all matchers match, each with its points of a span of time at least; more
   * points do no harm, and neither do series that have none. Of a counted series the newest point
   * before the span too: its total stands for longer.
   *
   * <p>The order of the series is the order in which they are added up: the same data in the same
   * order gives the same bits.
   *
   * @param afterMillis before the first instant of the span
   * @param untilMillis its last instant
   */
  List<StoredSeries> select(List<LabelMatcher> matchers, long afterMillis, long untilMillis);
}

package oht50.metrics.promql.conformance;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.notation.SeriesLine;

/** What an evaluation is to say. */
final class Expectation {
  boolean isOrdered;
  boolean isFailure;
  String failureMessage; // null for any
  Pattern failurePattern; // null for any
  Double scalar; // null if none is expected
  String text; // null if none is expected
  RangeVector rangeVector; // null if none is expected
  final Map<Labels, SeriesLine> series = new LinkedHashMap<>();

  /** Between which times a range vector has points, and how far apart. */
  record RangeVector(long firstMillis, long lastMillis, long stepMillis) {}

  boolean hasNativeHistograms() {
    return series.values().stream().anyMatch(SeriesLine::hasNativeHistograms);
  }

  /** Expected series in the order of their lines. */
  List<Labels> order() {
    return new ArrayList<>(series.keySet());
  }
}

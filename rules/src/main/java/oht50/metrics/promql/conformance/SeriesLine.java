package oht50.metrics.promql.conformance;

import oht50.metrics.model.Labels;

/**
 * A series and its values, one for each step; where {@code omitted}, none.
 *
 * @param labels with the metric's name
 */
record SeriesLine(Labels labels, double[] values, boolean[] omitted) {}

/**
 * Series as the tests of Prometheus and promtool write them: {@code metric{label="value"} 1 2+3x4 _
 * stale}.
 */
package oht50.metrics.promql.notation;

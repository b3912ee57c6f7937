/**
 * The series of one key: its points while an answer can still change, and every answer as a pure
 * function of those points sorted by time.
 *
 * <p>{@link oht50.metrics.series.SeriesCore} is the entrance. It keeps nothing between calls; what
 * lives is behind {@link oht50.metrics.series.SeriesStore}, so the same code runs on Flink's state,
 * in a simulation and in a benchmark.
 */
package oht50.metrics.series;

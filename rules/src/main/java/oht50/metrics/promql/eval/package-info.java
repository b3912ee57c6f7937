/**
 * Expressions over points, as pure functions: {@link oht50.metrics.promql.eval.Storage} gives
 * series with sorted points, {@link oht50.metrics.promql.eval.Evaluator} says what an expression is
 * at one tick or at many.
 *
 * <p>Where each idea is: which samples count in {@code Selection} and {@code SeriesWindow}
 * (lookback, left-open ranges, staleness), subqueries and families of functions in {@code
 * Evaluation}, operators in {@code ScalarOperations}, {@code VectorOperations} and {@code
 * SetOperations}, groups in {@code Aggregations} and {@code RankAggregation}.
 */
package oht50.metrics.promql.eval;

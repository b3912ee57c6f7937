/**
 * The language of Prometheus' rules, with the semantics of Prometheus 3.
 *
 * <ul>
 *   <li>{@code syntax}: text to tree and back; {@link oht50.metrics.promql.syntax.Parser} is the
 *       entrance
 *   <li>{@code eval}: a tree over points sorted by time; {@link
 *       oht50.metrics.promql.eval.Evaluator} is the entrance
 *   <li>{@code conformance}: Prometheus' own test files over both; {@link
 *       oht50.metrics.promql.conformance.Conformance} is the entrance
 * </ul>
 *
 * <p>What is not part of the language, because Prometheus calls it experimental or because it is
 * about native histograms, is refused at load by name and place. Nothing is approximated.
 */
package oht50.metrics.promql;

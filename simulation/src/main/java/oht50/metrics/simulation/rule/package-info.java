/**
 * Lives of the stage of rules: random rule files over the samples of a few robots, late, repeated
 * and beyond the horizon, with restarts and rule sets that follow one another. Final alerts and
 * recorded series are compared with what {@code rules test} says of the sorted samples, and with an
 * oracle that knows nothing of the product but its evaluator.
 */
package oht50.metrics.simulation.rule;

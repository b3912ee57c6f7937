/**
 * Prometheus' own test files: {@code load}, {@code clear} and {@code eval} with what is expected.
 * Format: {@code promql/promqltest/README.md} of Prometheus. Warnings and informations that an
 * evaluation may give there are not part of the language here: lines that expect them are compared
 * by their values.
 */
package oht50.metrics.promql.conformance;

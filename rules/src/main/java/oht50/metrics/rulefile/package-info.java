/**
 * Prometheus' rule files: what they say, read strictly, with all that is wrong at its place.
 * Format: Prometheus' documentation, "Recording rules" and "Alerting rules". {@link
 * oht50.metrics.rulefile.RuleFileReader} is the entrance.
 */
package oht50.metrics.rulefile;

/** Scenarios: what an operator is given, run in every way that must not change its answers. */
package oht50.metrics.job.scenario;

/** Levels of the fleet: the shell around {@code oht50.metrics.level}. */
package oht50.metrics.job.level;

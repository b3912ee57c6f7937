/** New series are admitted up to a budget of their metric: docs/decisions/011. */
package oht50.metrics.job.budget;

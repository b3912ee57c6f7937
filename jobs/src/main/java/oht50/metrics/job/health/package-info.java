/** The job's own health, as metrics of its operators under the group {@code oht50}. */
package oht50.metrics.job.health;

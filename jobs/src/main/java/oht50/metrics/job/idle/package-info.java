/** Operators behind which nothing falls idle. */
package oht50.metrics.job.idle;

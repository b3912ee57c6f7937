/** Puts what leaves the job into order, so that of two writes of one key the newer wins. */
package oht50.metrics.job.stamp;

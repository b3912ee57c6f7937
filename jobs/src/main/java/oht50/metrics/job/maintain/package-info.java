/** What the tables need now and then, run by the job. */
package oht50.metrics.job.maintain;

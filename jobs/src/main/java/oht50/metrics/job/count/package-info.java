/** The counting stage: a shell around {@link oht50.metrics.count}. */
package oht50.metrics.job.count;

/** The life of missions: the shell around {@code oht50.metrics.mission}. */
package oht50.metrics.job.mission;

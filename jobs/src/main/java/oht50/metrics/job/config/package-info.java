/** The job's settings: {@code job.yaml}, checked once at start. */
package oht50.metrics.job.config;

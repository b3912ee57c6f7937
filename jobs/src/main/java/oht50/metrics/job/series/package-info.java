/** The series stage: a shell of Flink state and timers around {@link oht50.metrics.series}. */
package oht50.metrics.job.series;

/** The sequence stage: a shell around {@link oht50.metrics.rule}, and flink-cep as its matcher. */
package oht50.metrics.job.sequence;

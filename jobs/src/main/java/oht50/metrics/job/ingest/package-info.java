/** The ingest stage: what a record was decoded to goes its ways. */
package oht50.metrics.job.ingest;

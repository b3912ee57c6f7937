/** The exposition page: summed up beside the data, kept in one place, read by the reporter. */
package oht50.metrics.job.exposition;

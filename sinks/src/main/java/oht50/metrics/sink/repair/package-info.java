/** Answers requests for repair: what is stored around their windows goes back to the job. */
package oht50.metrics.sink.repair;

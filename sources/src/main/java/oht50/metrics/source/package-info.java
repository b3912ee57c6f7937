/** Anything outside to decoded batches, events and rejects. */
package oht50.metrics.source;

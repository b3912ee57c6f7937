/** Keyed state, as operators that keep something for a pure core reach it. */
package oht50.metrics.job.state;

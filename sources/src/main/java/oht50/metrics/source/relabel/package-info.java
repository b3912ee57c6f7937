/** Prometheus' relabelling: labels in, other labels or nothing out. */
package oht50.metrics.source.relabel;

/** What rules cost to be read and evaluated, on demand beside Prometheus. */
package oht50.metrics.bench.rules;

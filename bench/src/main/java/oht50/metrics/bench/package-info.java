/** Load drivers: what an operator costs, in CPU seconds per million samples. */
package oht50.metrics.bench;

/** What is told of robots: what follows from their states, and which facts count. */
package oht50.metrics.job.fact;

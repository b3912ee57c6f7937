/** The stage of the registry: what it says of robots, as a series that rules can look at. */
package oht50.metrics.job.registry;

/**
 * Fault campaigns: a stack of its own, a fixed input, a list of faults, and what must hold then.
 */
package oht50.metrics.cli.faults;

/**
 * Values that many entities change together: how many missions are queued, which share of them
 * succeeds. A pure function of the changes sorted by time.
 */
package oht50.metrics.level;

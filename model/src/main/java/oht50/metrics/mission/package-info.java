/**
 * The life of a mission, from facts in any order: its attempts, how each ended, how long it took. A
 * pure function of the facts sorted by time.
 */
package oht50.metrics.mission;

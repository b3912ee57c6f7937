/**
 * What follows from the states of a robot that speaks VDA 5050: safety events and the life of its
 * orders. A pure function of the states sorted by time.
 */
package oht50.metrics.vda;

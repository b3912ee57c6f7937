/** Intervals, windows and the calendar that cuts time into them. */
package oht50.metrics.time;

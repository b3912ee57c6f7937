/**
 * What the job counts itself: distinct occurrences per delta series and second.
 *
 * <p>Never a running total in order of arrival: a late fact would look like a reset. The value of a
 * second is published again when it changes, and the series operator corrects what follows from it.
 */
package oht50.metrics.count;

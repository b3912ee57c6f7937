/**
 * How many series a metric may have: who asks for a place, who has one, and what becomes of the
 * samples of those that have none.
 */
package oht50.metrics.budget;

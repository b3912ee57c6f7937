/** Metric points of any Java program to {@code oht50.points}. */
package oht50.metrics.client;

/**
 * What is published of alerts: the difference between those that stand by what is known now and
 * those that were published, so that who keeps the last word of each has what stands.
 */
package oht50.metrics.publication;

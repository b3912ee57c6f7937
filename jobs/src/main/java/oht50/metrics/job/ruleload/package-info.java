/**
 * How rule sets come into their topic: from a folder that the job watches, and by whoever else
 * sends one.
 */
package oht50.metrics.job.ruleload;

/**
 * The stage of rules: samples go to the parts in which rules look at them, and are judged there.
 */
package oht50.metrics.job.rule;

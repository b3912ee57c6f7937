/**
 * Rules evaluated on a stream, for one part of the series: samples in, in any order; what is
 * published of alerts and recorded series out, each a pure function of the samples sorted by time.
 *
 * <p>{@link oht50.metrics.ruleeval.PartRules} is the entrance.
 */
package oht50.metrics.ruleeval;

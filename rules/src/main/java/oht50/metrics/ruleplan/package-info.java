/**
 * How rules can be spread over machines, and what they need to be evaluated there: by which labels
 * the series of an expression can be divided so that each part is evaluated by itself ({@link
 * oht50.metrics.ruleplan.Partitioning}), and how far back of a tick it looks ({@link
 * oht50.metrics.ruleplan.Reach}).
 */
package oht50.metrics.ruleplan;

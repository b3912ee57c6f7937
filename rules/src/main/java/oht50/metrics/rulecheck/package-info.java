/**
 * What is probably wrong with rules that can be read: expressions that never have a result, or
 * always the same, alerts whose text stays empty. Only what follows from the rule itself and from
 * what is known of metrics is said, so that a remark is worth a look. {@link
 * oht50.metrics.rulecheck.RuleLints} is the entrance.
 */
package oht50.metrics.rulecheck;

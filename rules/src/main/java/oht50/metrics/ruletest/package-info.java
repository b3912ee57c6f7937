/**
 * promtool's unit tests of rules: input series, and what rules and expressions are to say of them.
 * Format: Prometheus' documentation, "Unit testing for rules". What runs is what runs in
 * production: the evaluator, the alert machine, the templates. {@link
 * oht50.metrics.ruletest.RuleTests} is the entrance.
 *
 * <p>Native histograms are left out: what reads or expects one is said by name and place, and not
 * compared.
 */
package oht50.metrics.ruletest;

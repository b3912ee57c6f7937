/**
 * Why a rule said what it said at a tick: the values of the parts of its expression, what was
 * matched with what, and the alerts' way to their state. {@link
 * oht50.metrics.ruleexplain.ExplainPlan} says which points are needed, {@link
 * oht50.metrics.ruleexplain.Explainer} evaluates them as production does and looks on, {@link
 * oht50.metrics.ruleexplain.ExplanationText} writes it for people.
 */
package oht50.metrics.ruleexplain;

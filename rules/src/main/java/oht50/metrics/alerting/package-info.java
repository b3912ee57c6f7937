/**
 * What becomes of what expressions say: alerts through their lives, and recorded series.
 *
 * <p>{@link oht50.metrics.alerting.AlertMachine} is the life of one alert of one rule, a pure
 * function of its state, a tick and whether the condition holds at it. {@link
 * oht50.metrics.alerting.Verdicts} says of an expression's samples which alerts they are about.
 * {@link oht50.metrics.alerting.GroupRun} puts both together for a group over a storage.
 */
package oht50.metrics.alerting;

/**
 * The templates in labels and annotations of alerts: Go's {@code text/template} with Prometheus'
 * functions, as far as rules use it. {@link oht50.metrics.template.TextTemplate} is the entrance.
 *
 * <p>Sources: Go's documentation of {@code text/template} and {@code fmt}, Prometheus'
 * documentation, "Template reference". What a template may not use is refused when it is read, by
 * name and place; what only the data show, fails when it is filled, as there.
 */
package oht50.metrics.template;

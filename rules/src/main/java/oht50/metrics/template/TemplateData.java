package oht50.metrics.template;

import java.util.Map;

/**
 * What a template of an alert is filled with.
 *
 * @param labels of the expression's sample, with the metric's name if it has one
 * @param value of that sample
 * @param externalLabels of the installation
 * @param externalUrl of the installation; may be empty
 * @param tickMillis the tick, in milliseconds since the epoch
 */
public record TemplateData(
    Map<String, String> labels,
    double value,
    Map<String, String> externalLabels,
    String externalUrl,
    long tickMillis,
    Querier querier) {}

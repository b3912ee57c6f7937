package oht50.metrics.source.relabel;

import java.io.Serializable;

/**
 * A conversion of units as it is written in a file; what is not written is null.
 *
 * @param metric expression for the whole name of a metric, as its source says it
 * @param from a word of {@link Unit}, as {@code to}
 * @param rename the name in the other unit, parts of which may be groups
 */
public record ConvertForm(String metric, String from, String to, String rename)
    implements Serializable {}

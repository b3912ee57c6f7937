package oht50.metrics.source.relabel;

import java.io.Serializable;
import java.util.List;

/** A rule as it is written in a file, in Prometheus' own words; what is not written is null. */
public record RelabelForm(
    List<String> sourceLabels,
    String separator,
    String targetLabel,
    String regex,
    Long modulus,
    String replacement,
    String action)
    implements Serializable {}

package oht50.metrics.source.relabel;

import java.io.Serializable;
import java.util.List;

/**
 * What is done to the series of a source: first the conversions, of which the first that is of a
 * metric counts, then the rules. Conversions that have been checked.
 */
public record SourceRules(List<ConvertForm> conversions, Relabeling relabeling)
    implements Serializable {
  public static final SourceRules NONE = new SourceRules(List.of(), Relabeling.NONE);

  public SourceRules {
    conversions = List.copyOf(conversions);
  }

  public boolean isNone() {
    return conversions.isEmpty() && relabeling.isNone();
  }
}

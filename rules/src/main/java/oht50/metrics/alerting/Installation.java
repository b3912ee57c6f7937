package oht50.metrics.alerting;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What alerts may say of the installation that raises them.
 *
 * @param externalLabels its own labels
 * @param externalUrl where people reach it; may be empty
 */
public record Installation(SortedMap<String, String> externalLabels, String externalUrl)
    implements Serializable {
  public static final Installation UNNAMED = new Installation(new TreeMap<>(), "");

  public Installation {
    externalLabels = Collections.unmodifiableSortedMap(new TreeMap<>(externalLabels));
  }
}

package oht50.metrics.rulecheck;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which labels the series of a vector may have, other than the metric's name.
 *
 * @param named what is known of some labels
 * @param others what is known of all others
 */
record VectorLabels(Map<String, LabelValues> named, LabelValues others) {
  static final VectorLabels UNKNOWN = new VectorLabels(Map.of(), LabelValues.ANY);
  static final VectorLabels NONE = new VectorLabels(Map.of(), LabelValues.ABSENT);

  LabelValues of(String label) {
    return named.getOrDefault(label, others);
  }

  VectorLabels with(String label, LabelValues values) {
    Map<String, LabelValues> more = new TreeMap<>(named);
    more.put(label, values);
    return new VectorLabels(more, others);
  }

  VectorLabels without(Collection<String> labels) {
    VectorLabels rest = this;
    for (String label : labels) {
      rest = rest.with(label, LabelValues.ABSENT);
    }
    return rest;
  }

  VectorLabels keep(Collection<String> labels) {
    Map<String, LabelValues> kept = new TreeMap<>();
    labels.forEach(label -> kept.put(label, of(label)));
    return new VectorLabels(kept, LabelValues.ABSENT);
  }

  VectorLabels or(VectorLabels other) {
    Map<String, LabelValues> all = new TreeMap<>();
    for (String label : namedHereOrIn(other)) {
      all.put(label, of(label).or(other.of(label)));
    }
    return new VectorLabels(all, others.or(other.others));
  }

  Set<String> namedHereOrIn(VectorLabels other) {
    Set<String> names = new HashSet<>(named.keySet());
    names.addAll(other.named.keySet());
    return names;
  }
}

package oht50.metrics.model;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Label names and values, sorted by name, each name once; a label with an empty value is the same
 * as no label and is left out, as in Prometheus.
 */
public final class Labels {
  public static final Labels EMPTY = new Labels(new String[0], new String[0]);

  private final String[] names;
  private final String[] values;

  private Labels(String[] names, String[] values) {
    this.names = names;
    this.values = values;
  }

  /** Labels from alternating names and values. */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a label without a value: " + Arrays.toString(namesAndValues));
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      sorted.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(sorted);
  }

  public static Labels of(Map<String, String> labels) {
    TreeMap<String, String> sorted = new TreeMap<>(labels);
    sorted.values().removeIf(value -> value == null || value.isEmpty());
    return sorted.isEmpty()
        ? EMPTY
        : new Labels(
            sorted.keySet().toArray(new String[0]), sorted.values().toArray(new String[0]));
  }

  public int size() {
    return names.length;
  }

  /** The value of a label, or null. */
  public String get(String name) {
    int i = Arrays.binarySearch(names, name);
    return i < 0 ? null : values[i];
  }

  /** These labels and one more; a label of that name is replaced. */
  public Labels with(String name, String value) {
    Map<String, String> all = toMap();
    all.put(name, value);
    return of(all);
  }

  public Map<String, String> toMap() {
    TreeMap<String, String> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  /** Calls back in the order of names. */
  public void forEach(BiConsumer<String, String> consumer) {
    for (int i = 0; i < names.length; i++) {
      consumer.accept(names[i], values[i]);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels
        && Arrays.equals(names, labels.names)
        && Arrays.equals(values, labels.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}

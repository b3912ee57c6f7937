package oht50.metrics.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

  /** The name at an index, in the order of names. */
  public String name(int index) {
    return names[index];
  }

  /** The value at an index, in the order of names. */
  public String value(int index) {
    return values[index];
  }

  /** Of these labels those of the given names. */
  public Labels keep(Collection<String> kept) {
    return select(kept, true);
  }

  /** These labels but those of the given names. */
  public Labels without(Collection<String> dropped) {
    return select(dropped, false);
  }

  private Labels select(Collection<String> chosen, boolean isKept) {
    int count = 0;
    for (String name : names) {
      count += chosen.contains(name) == isKept ? 1 : 0;
    }
    if (count == names.length) {
      return this;
    }
    if (count == 0) {
      return EMPTY;
    }
    String[] selectedNames = new String[count];
    String[] selectedValues = new String[count];
    int at = 0;
    for (int i = 0; i < names.length; i++) {
      if (chosen.contains(names[i]) == isKept) {
        selectedNames[at] = names[i];
        selectedValues[at] = values[i];
        at++;
      }
    }
    return new Labels(selectedNames, selectedValues);
  }

  /** These labels and one more; a label of that name is replaced. */
  public Labels with(String name, String value) {
    if (value == null || value.isEmpty()) {
      return without(List.of(name));
    }
    int at = Arrays.binarySearch(names, name);
    if (at >= 0) {
      String[] changed = values.clone();
      changed[at] = value;
      return new Labels(names, changed);
    }
    return new Labels(inserted(names, -at - 1, name), inserted(values, -at - 1, value));
  }

  private static String[] inserted(String[] all, int at, String one) {
    String[] more = Arrays.copyOf(all, all.length + 1);
    System.arraycopy(all, at, more, at + 1, all.length - at);
    more[at] = one;
    return more;
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

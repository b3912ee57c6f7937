package oht50.metrics.template;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map of Go with strings as keys.
 *
 * @param isOfStrings whether its values are strings, so that a missing one is empty; else nothing
 */
record GoMap(SortedMap<String, Object> entries, boolean isOfStrings) {
  static GoMap ofStrings(Map<String, String> entries) {
    return new GoMap(new TreeMap<>(entries), true);
  }

  Object get(String key) {
    return entries.getOrDefault(key, isOfStrings ? "" : null);
  }
}

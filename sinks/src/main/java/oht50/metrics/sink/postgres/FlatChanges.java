package oht50.metrics.sink.postgres;

import java.util.List;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.model.ValueChanges;

/**
 * The changes of many rows in one array, because unnesting takes arrays of arrays apart.
 *
 * @param offsets of all changes
 * @param values parallel to the offsets, null where the series ends
 * @param firsts of each row the place of its first change, from 1; null of a row without changes
 * @param lasts of each row the place of its last change
 */
record FlatChanges(Integer[] offsets, Double[] values, Integer[] firsts, Integer[] lasts) {
  static FlatChanges of(List<Rollup> rows) {
    int size = rows.stream().mapToInt(row -> row.changes().size()).sum();
    FlatChanges flat =
        new FlatChanges(
            new Integer[size],
            new Double[size],
            new Integer[rows.size()],
            new Integer[rows.size()]);
    int end = 0;
    for (int row = 0; row < rows.size(); row++) {
      ValueChanges changes = rows.get(row).changes();
      if (changes.isNone()) {
        continue;
      }
      flat.firsts[row] = end + 1;
      for (int i = 0; i < changes.size(); i++) {
        double value = changes.values()[i];
        flat.offsets[end] = changes.offsets()[i];
        flat.values[end] = StaleMarker.is(value) ? null : value;
        end++;
      }
      flat.lasts[row] = end;
    }
    return flat;
  }
}

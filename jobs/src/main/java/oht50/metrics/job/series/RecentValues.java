package oht50.metrics.job.series;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.runtime.state.internal.InternalValueState;

/**
 * One immutable value per key in Flink's state, and the objects of the keys used last, so that
 * RocksDB is not asked for them, nor they decoded, for each batch.
 *
 * <p>Every change is written to state at once, so a checkpoint misses nothing; a restored operator
 * begins with no object kept. Costs the heap of {@link #KEPT_KEYS} values.
 */
final class RecentValues<T> {
  private static final int KEPT_KEYS = 1_024;

  private final InternalValueState<?, ?, T> state;
  private final Supplier<Object> currentKey;
  private final Map<Object, T> recent = // key -> value, null when there is none
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, T> eldest) {
          return size() > KEPT_KEYS;
        }
      };

  RecentValues(InternalValueState<?, ?, T> state, Supplier<Object> currentKey) {
    this.state = state;
    this.currentKey = currentKey;
  }

  /** The value of the current key, or null. */
  T read() {
    Object key = currentKey.get();
    T value = recent.get(key);
    if (value == null && !recent.containsKey(key)) {
      value = KeyedSeriesStore.read(state);
      recent.put(key, value);
    }
    return value;
  }

  /** Sets the value of the current key; null clears it. The object read last costs nothing. */
  void write(T value) {
    Object key = currentKey.get();
    boolean isKept = recent.containsKey(key);
    if (recent.put(key, value) != value || !isKept) {
      KeyedSeriesStore.write(state, value);
    }
  }
}

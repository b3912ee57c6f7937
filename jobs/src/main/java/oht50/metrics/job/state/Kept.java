package oht50.metrics.job.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * Keyed state of the key at hand. What goes wrong with it is the state backend's, and nothing that
 * who keeps something could do anything about: it fails the task.
 */
public final class Kept {
  private Kept() {}

  /** Null when nothing is kept. */
  public static <T> T value(ValueState<T> state) {
    try {
      return state.value();
    } catch (Exception e) {
      throw unreachable(e);
    }
  }

  /** Null lets go of it. */
  public static <T> void value(ValueState<T> state, T value) {
    try {
      state.update(value);
    } catch (Exception e) {
      throw unreachable(e);
    }
  }

  /** Null when nothing is kept there. */
  public static <K, V> V at(MapState<K, V> state, K key) {
    try {
      return state.get(key);
    } catch (Exception e) {
      throw unreachable(e);
    }
  }

  /** Null lets go of it. */
  public static <K, V> void at(MapState<K, V> state, K key, V value) {
    try {
      if (value == null) {
        state.remove(key);
      } else {
        state.put(key, value);
      }
    } catch (Exception e) {
      throw unreachable(e);
    }
  }

  /** In no order. */
  public static <K> List<K> keys(MapState<K, ?> state) {
    try {
      List<K> keys = new ArrayList<>();
      state.keys().forEach(keys::add);
      return keys;
    } catch (Exception e) {
      throw unreachable(e);
    }
  }

  private static IllegalStateException unreachable(Exception cause) {
    return new IllegalStateException("keyed state cannot be reached", cause);
  }
}

package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * A way to run a scenario.
 *
 * @param name for messages
 * @param backend where state is
 * @param parallelism number of subtasks after so many inputs
 * @param restartsEvery a restart after so many inputs
 * @param repeatsWatermark whether a restart is followed at once by the watermark that was reached;
 *     otherwise time begins anew, as after a real restart
 * @param crashes whether a restart goes back to the state before the last inputs, which come again;
 *     what was published of them stays published
 * @param seed of the order of elements between two watermarks, or {@link #IN_ORDER}
 */
public record Way(
    String name,
    Backend backend,
    IntUnaryOperator parallelism,
    int restartsEvery,
    boolean repeatsWatermark,
    boolean crashes,
    long seed) {
  static final long IN_ORDER = -1;

  private static final int NEVER = Integer.MAX_VALUE;
  private static final IntUnaryOperator ONE = inputs -> 1;

  public enum Backend {
    HEAP,
    ROCKSDB;

    StateBackend open() {
      return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }
  }

  static Way straight() {
    return new Way("straight", Backend.HEAP, ONE, NEVER, false, false, IN_ORDER);
  }

  /** One restart, after so many inputs; time begins anew. */
  static Way restartedAfter(int inputs) {
    return new Way("restarted after " + inputs, Backend.HEAP, ONE, inputs, false, false, IN_ORDER);
  }

  /** One restart in the middle of so many inputs; time begins anew. */
  static Way restartedHalfway(Backend backend, int inputs) {
    int half = Math.max(1, inputs / 2);
    return new Way("restarted halfway, on " + backend, backend, ONE, half, false, false, IN_ORDER);
  }

  /** Every way but the straight one. */
  static List<Way> others(int inputs) {
    int half = Math.max(1, inputs / 2);
    int third = Math.max(1, inputs / 3);
    IntUnaryOperator oneThenThree = done -> done < half ? 1 : 3;
    IntUnaryOperator oneThenThreeThenTwo = done -> done < third ? 1 : done < 2 * third ? 3 : 2;
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("restarted", Backend.HEAP, ONE, 1, false, false, IN_ORDER));
    ways.add(new Way("restarted, time known", Backend.HEAP, ONE, 1, true, false, IN_ORDER));
    ways.add(new Way("crashed", Backend.HEAP, ONE, 3, false, true, IN_ORDER));
    ways.add(new Way("rescaled once", Backend.HEAP, oneThenThree, half, false, false, IN_ORDER));
    ways.add(new Way("rescaled", Backend.HEAP, oneThenThreeThenTwo, third, true, false, IN_ORDER));
    ways.add(new Way("in RocksDB", Backend.ROCKSDB, ONE, half, false, false, IN_ORDER));
    for (long seed = 1; seed <= 6; seed++) {
      ways.add(new Way("shuffled by " + seed, Backend.HEAP, ONE, NEVER, false, false, seed));
    }
    ways.add(new Way("shuffled, rescaled", Backend.HEAP, oneThenThree, half, false, false, 7));
    return ways;
  }

  boolean isShuffled() {
    return seed != IN_ORDER;
  }

  @Override
  public String toString() {
    return name;
  }
}

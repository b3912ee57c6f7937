package oht50.metrics.sink.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.LongSupplier;
import oht50.metrics.sink.postgres.AlertLedger.Key;
import org.apache.kafka.common.TopicPartition;

/**
 * Provisional records that wait for proof. What a record was made of had come in before it was
 * seen; once a completed checkpoint holds all that had come in by then, its transition is on the
 * way to the table or never will be.
 */
final class PendingWithdrawals {
  private final long settleNanos;
  private final LongSupplier nanoClock;
  private final Map<Key, Waiting> waiting = new HashMap<>();

  PendingWithdrawals(Duration settle) {
    this(settle, System::nanoTime);
  }

  PendingWithdrawals(Duration settle, LongSupplier nanoClock) {
    this.settleNanos = settle.toNanos();
    this.nanoClock = nanoClock;
  }

  private static final class Waiting {
    private final Map<TopicPartition, Long> ends;
    private Long heldSinceNanos;

    private Waiting(Map<TopicPartition, Long> ends) {
      this.ends = ends;
    }
  }

  /**
   * @param ends where the inputs end now
   * @param held how far completed checkpoints have come in them
   */
  boolean isOver(Key key, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> held) {
    Waiting record = waiting.computeIfAbsent(key, unused -> new Waiting(ends));
    if (record.heldSinceNanos == null) {
      if (record.ends.entrySet().stream()
          .allMatch(end -> held.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
        record.heldSinceNanos = nanoClock.getAsLong();
      }
      return false;
    }
    return nanoClock.getAsLong() - record.heldSinceNanos >= settleNanos;
  }

  /** Forgets every other record. */
  void keepOnly(Collection<Key> keys) {
    waiting.keySet().retainAll(new HashSet<>(keys));
  }
}

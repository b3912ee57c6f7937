package oht50.metrics.bench;

import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Where state is kept. */
public enum Backend {
  HEAP,
  ROCKSDB;

  private static final String ROCKSDB_MEMORY = "256mb";

  public void set(AbstractStreamOperatorTestHarness<?> harness) {
    if (this == HEAP) {
      harness.setStateBackend(new HashMapStateBackend());
      return;
    }
    EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);
    backend.getMemoryConfiguration().setFixedMemoryPerSlot(ROCKSDB_MEMORY);
    harness.setStateBackend(backend);
  }
}

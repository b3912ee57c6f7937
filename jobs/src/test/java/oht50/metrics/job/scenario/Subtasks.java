package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** An operator at some parallelism, from a start or a restart to the next. */
public final class Subtasks<K, I, O> implements AutoCloseable {
  private static final int KEY_GROUPS = 128;

  private final Subject<K, I, O> subject;
  private final int keyGroups;
  private final List<KeyedOneInputStreamOperatorTestHarness<K, I, O>> harnesses = new ArrayList<>();

  /**
   * @param snapshot what to begin with, or null
   * @param oldParallelism of the snapshot
   */
  Subtasks(
      Subject<K, I, O> subject,
      Way.Backend backend,
      int parallelism,
      OperatorSubtaskState snapshot,
      int oldParallelism)
      throws Exception {
    this(subject, backend, KEY_GROUPS, parallelism, snapshot, oldParallelism);
  }

  /**
   * @param keyGroups the maximum parallelism; the fewer, the faster
   */
  public Subtasks(
      Subject<K, I, O> subject,
      Way.Backend backend,
      int keyGroups,
      int parallelism,
      OperatorSubtaskState snapshot,
      int oldParallelism)
      throws Exception {
    this.subject = subject;
    this.keyGroups = keyGroups;
    for (int index = 0; index < parallelism; index++) {
      var harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              subject.operator().get(),
              subject.key(),
              subject.keyType(),
              keyGroups,
              parallelism,
              index);
      harness.setStateBackend(backend.open());
      harness.setup(subject.outputType().createSerializer(new SerializerConfigImpl()));
      if (snapshot != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot, keyGroups, oldParallelism, parallelism, index));
      }
      harness.open();
      harnesses.add(harness);
    }
  }

  /** Takes in an element or a watermark and returns what is published. */
  public List<Object> take(Input<I> input) throws Exception {
    if (input instanceof Input.Element<I> element) {
      int to =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              subject.key().getKey(element.value()), keyGroups, harnesses.size());
      harnesses.get(to).processElement(new StreamRecord<>(element.value()));
    } else if (input instanceof Input.Mark<I> mark) {
      for (var harness : harnesses) {
        harness.processWatermark(mark.watermark());
      }
    }
    return published();
  }

  /** The clock of the machine reaches an instant; returns what is published. */
  public List<Object> clock(long processingTime) throws Exception {
    for (var harness : harnesses) {
      harness.setProcessingTime(processingTime);
    }
    return published();
  }

  private List<Object> published() {
    List<Object> published = new ArrayList<>();
    for (var harness : harnesses) {
      published.addAll(harness.extractOutputValues());
      harness.getOutput().clear();
      for (OutputTag<?> tag : subject.sideOutputs()) {
        var records = harness.getSideOutput(tag);
        if (records != null) {
          records.forEach(record -> published.add(record.getValue()));
          records.clear();
        }
      }
    }
    return published;
  }

  public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = harnesses.get(i).snapshot(checkpoint, checkpoint);
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  public int parallelism() {
    return harnesses.size();
  }

  public int timers() {
    return harnesses.stream().mapToInt(harness -> harness.numEventTimeTimers()).sum();
  }

  /** Entries in keyed state; on the heap only. */
  public int stateEntries() {
    return harnesses.stream().mapToInt(harness -> harness.numKeyedStateEntries()).sum();
  }

  @Override
  public void close() throws Exception {
    for (var harness : harnesses) {
      harness.close();
    }
  }
}

package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * An operator with a broadcast input at some parallelism, from a start or a restart to the next.
 */
public final class BroadcastSubtasks<K, I, B, O> implements AutoCloseable {
  private final BroadcastSubject<K, I, B, O> subject;
  private final int keyGroups;
  private final List<Subtask<I, B, O>> subtasks = new ArrayList<>();

  private record Subtask<I, B, O>(
      TwoInputStreamOperator<I, B, O> operator, AbstractStreamOperatorTestHarness<O> harness) {}

  /**
   * @param snapshot what to begin with, or null
   * @param oldParallelism of the snapshot
   */
  public BroadcastSubtasks(
      BroadcastSubject<K, I, B, O> subject,
      Way.Backend backend,
      int keyGroups,
      int parallelism,
      OperatorSubtaskState snapshot,
      int oldParallelism)
      throws Exception {
    this.subject = subject;
    this.keyGroups = keyGroups;
    for (int index = 0; index < parallelism; index++) {
      TwoInputStreamOperator<I, B, O> operator = subject.operator().get();
      var harness =
          new AbstractStreamOperatorTestHarness<O>(
              operator, Subtasks.environment(keyGroups, index, parallelism));
      if (subject.keyType() != null) {
        StreamConfig config = harness.getStreamConfig();
        config.setStatePartitioner(0, subject.key());
        config.setStateKeySerializer(
            subject.keyType().createSerializer(new SerializerConfigImpl()));
        config.serializeAllConfigs();
      }
      harness.setStateBackend(backend.open());
      harness.setup(subject.outputType().createSerializer(new SerializerConfigImpl()));
      if (snapshot != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot, keyGroups, oldParallelism, parallelism, index));
      }
      harness.open();
      subtasks.add(new Subtask<>(operator, harness));
    }
  }

  /** Takes in an element or a watermark and returns what is published. */
  public List<Object> take(Input<I> input) throws Exception {
    if (input instanceof Input.Element<I> element) {
      int to =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              subject.key().getKey(element.value()), keyGroups, subtasks.size());
      StreamRecord<I> record = new StreamRecord<>(element.value());
      subtasks.get(to).operator().setKeyContextElement1(record);
      subtasks.get(to).operator().processElement1(record);
    } else if (input instanceof Input.Mark<I> mark) {
      // Of a broadcast input too, as all inputs drive time.
      for (Subtask<I, B, O> each : subtasks) {
        each.operator().processWatermark1(new Watermark(mark.watermark()));
        each.operator().processWatermark2(new Watermark(mark.watermark()));
      }
    }
    return published();
  }

  /** All subtasks take in what is broadcast; returns what is published. */
  public List<Object> broadcast(B value) throws Exception {
    for (Subtask<I, B, O> each : subtasks) {
      StreamRecord<B> record = new StreamRecord<>(value);
      each.operator().setKeyContextElement2(record);
      each.operator().processElement2(record);
    }
    return published();
  }

  /** The clock of the machine reaches an instant; returns what is published. */
  public List<Object> clock(long processingTime) throws Exception {
    for (Subtask<I, B, O> each : subtasks) {
      each.harness().setProcessingTime(processingTime);
    }
    return published();
  }

  private List<Object> published() {
    List<Object> published = new ArrayList<>();
    for (Subtask<I, B, O> each : subtasks) {
      Subtasks.takePublished(each.harness(), subject.sideOutputs(), published);
    }
    return published;
  }

  public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = subtasks.get(i).harness().snapshot(checkpoint, checkpoint);
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  public int parallelism() {
    return subtasks.size();
  }

  /** Timers, by event time and by the machine's clock. */
  public int timers() {
    return subtasks.stream()
        .map(Subtask::harness)
        .mapToInt(harness -> harness.numEventTimeTimers() + harness.numProcessingTimeTimers())
        .sum();
  }

  /** Entries in keyed state. */
  public int stateEntries() {
    return subtasks.stream()
        .mapToInt(each -> Subtasks.stateEntries(each.harness().getOperator()))
        .sum();
  }

  @Override
  public void close() throws Exception {
    for (Subtask<I, B, O> each : subtasks) {
      each.harness().close();
    }
  }
}

package oht50.metrics.job.scenario;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.OutputTag;

/** An operator at some parallelism, from a start or a restart to the next. */
public final class Subtasks<K, I, O> implements AutoCloseable {
  private static final int KEY_GROUPS = 128;
  private static final long ENOUGH = 1L << 30; // bytes

  // One of each for all subtasks: to make them for each costs more than what it does.
  private static final File FOLDER = folder();
  private static final TaskManagerRuntimeInfo TASK_MANAGER =
      new TestingTaskManagerRuntimeInfo(new Configuration(), FOLDER);
  private static final IOManager DISK = new IOManagerAsync(FOLDER.getPath());

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
              environment(keyGroups, index, parallelism));
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

  static MockEnvironment environment(int keyGroups, int index, int parallelism) {
    return new MockEnvironmentBuilder()
        .setMaxParallelism(keyGroups)
        .setParallelism(parallelism)
        .setSubtaskIndex(index)
        .setTaskManagerRuntimeInfo(TASK_MANAGER)
        .setIOManager(DISK)
        .build();
  }

  /** In memory where there is enough of it: RocksDB waits for the disk again and again. */
  private static File folder() {
    File memory = new File("/dev/shm");
    File parent =
        memory.canWrite() && memory.getUsableSpace() > ENOUGH
            ? memory
            : new File(System.getProperty("java.io.tmpdir"));
    try {
      File folder = Files.createTempDirectory(parent.toPath(), "oht50-subtasks").toFile();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteDirectoryQuietly(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      takePublished(harness, subject.sideOutputs(), published);
    }
    return published;
  }

  static void takePublished(
      AbstractStreamOperatorTestHarness<?> harness,
      List<OutputTag<?>> sideOutputs,
      List<Object> published) {
    published.addAll(harness.extractOutputValues());
    harness.getOutput().clear();
    for (OutputTag<?> tag : sideOutputs) {
      var records = harness.getSideOutput(tag);
      if (records != null) {
        records.forEach(record -> published.add(record.getValue()));
        records.clear();
      }
    }
  }

  /** What a task does right before the barrier of a checkpoint; returns what is published. */
  public List<Object> beforeSnapshot(long checkpoint) throws Exception {
    for (var harness : harnesses) {
      harness.getOneInputOperator().prepareSnapshotPreBarrier(checkpoint);
    }
    return published();
  }

  /** In the backend's own format. */
  public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    return snapshot(checkpoint, CheckpointType.CHECKPOINT);
  }

  /** In the format that every backend can begin with. */
  public OperatorSubtaskState canonicalSavepoint(long checkpoint) throws Exception {
    return snapshot(checkpoint, SavepointType.savepoint(SavepointFormatType.CANONICAL));
  }

  private OperatorSubtaskState snapshot(long checkpoint, SnapshotType type) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] =
          harnesses
              .get(i)
              .snapshotWithLocalState(checkpoint, checkpoint, type)
              .getJobManagerOwnedState();
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  public int parallelism() {
    return harnesses.size();
  }

  public int timers() {
    return harnesses.stream().mapToInt(harness -> harness.numEventTimeTimers()).sum();
  }

  /** Timers of the machine's clock. */
  int clockTimers() {
    return harnesses.stream().mapToInt(harness -> harness.numProcessingTimeTimers()).sum();
  }

  /** Entries in keyed state; those of RocksDB hold the timers too, of the machine's clock also. */
  public int stateEntries() {
    return harnesses.stream().mapToInt(harness -> stateEntries(harness.getOperator())).sum();
  }

  static int stateEntries(AbstractStreamOperator<?> operator) {
    Object backend = operator.getKeyedStateBackend();
    return backend instanceof RocksDBKeyedStateBackend<?> rocks
        ? rocks.numKeyValueStateEntries()
        : ((HeapKeyedStateBackend<?>) backend).numKeyValueStateEntries();
  }

  @Override
  public void close() throws Exception {
    for (var harness : harnesses) {
      harness.close();
    }
  }
}

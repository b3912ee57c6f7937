package oht50.metrics.job.series;

import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.health.CheckpointAge;
import oht50.metrics.job.health.WatermarkDelay;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.series.SeriesCore;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.series.SeriesOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Batches of samples and registrations of robots in, rollups out; chunks, late and newest points,
 * repair windows, catalog entries and rejects on the side.
 *
 * <p>Key: {@link SeriesInput#key()}. State and what clears it: {@link KeyedSeriesStore} and {@code
 * Retention}. A late sample corrects its windows at the next watermark; one beyond the horizon goes
 * to {@link SideOutputs#LATE_POINTS}. A registration with another zone cuts the held days anew,
 * when it comes; so does another configured zone after a restart, of all keys at once, before
 * anything else is taken in and before a snapshot is made.
 *
 * <p>An operator and not a process function, because the log of a minute is a list in a namespace
 * of its own: appending to it reads nothing, whatever the backend.
 */
public final class SeriesOperator extends AbstractStreamOperator<Rollup>
    implements OneInputStreamOperator<SeriesInput, Rollup>, Triggerable<Long, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  // Configuration.
  private final SeriesOptions options;

  // Runtime.
  private transient SeriesCore core;
  private transient KeyedSeriesStore store;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient SeriesOutput out;
  private transient CutZone cutZone;
  private transient WatermarkDelay watermarkDelay;
  private transient CheckpointAge checkpointAge;

  public SeriesOperator(SeriesOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    cutZone = new CutZone(context.getOperatorStateStore(), options.zone());
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("series", VoidNamespaceSerializer.INSTANCE, this);
    store = new KeyedSeriesStore(this::getOrCreateKeyedState, timers, this::getCurrentKey);
    core = new SeriesCore(options);
    MetricGroup health = getMetricGroup().addGroup("oht50");
    out = new Emitter(health);
    watermarkDelay = WatermarkDelay.in(health, getProcessingTimeService());
    checkpointAge = CheckpointAge.in(health, getProcessingTimeService());
  }

  @Override
  public void processElement(StreamRecord<SeriesInput> record) {
    cutByConfiguredZone();
    if (record.getValue() instanceof SampleBatch batch) {
      core.onBatch(batch, timers.currentWatermark(), store, out);
    } else if (record.getValue() instanceof Registration registration) {
      core.onRegistration(registration, store, out);
    } else {
      core.onBackfill((Backfill) record.getValue(), timers.currentWatermark(), store, out);
    }
  }

  @Override
  public void onEventTime(InternalTimer<Long, VoidNamespace> timer) {
    core.onWatermark(timers.currentWatermark(), store, out);
  }

  @Override
  public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
    cutByConfiguredZone();
    core.onStandstill(timers.currentWatermark(), store, out);
  }

  @Override
  public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark mark)
      throws Exception {
    cutByConfiguredZone();
    watermarkDelay.watermark(mark.getTimestamp());
    super.processWatermark(mark);
  }

  /** Rows may still be sent here, ahead of the barrier. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    cutByConfiguredZone();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    cutZone.snapshot();
  }

  private void cutByConfiguredZone() {
    if (cutZone.former() == null) {
      return;
    }
    Object current = getCurrentKey();
    for (Object key : keys()) {
      setCurrentKey(key);
      core.onConfiguredZone(cutZone.former(), store, out);
    }
    if (current != null) {
      setCurrentKey(current);
    }
    cutZone.cutAnew();
  }

  /** In a list, because a backend's keys must not change while they are gone through. */
  private List<Object> keys() {
    try (Stream<Object> keys =
        getKeyedStateBackend().getKeys(KeyedSeriesStore.OF_EVERY_KEY, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointAge.completed();
  }

  private final class Emitter implements SeriesOutput {
    private final Counter late;
    private final Counter corrected;
    private final Counter conflicting;
    private final Counter beyond;

    private Emitter(MetricGroup health) {
      late = health.counter("late_samples");
      corrected = health.counter("corrected_rows");
      conflicting = health.counter("conflicting_samples");
      beyond = health.counter("samples_beyond_horizon");
    }

    @Override
    public void rollup(Rollup rollup) {
      if (rollup.cause() != Cause.ON_TIME) {
        corrected.inc();
      }
      output.collect(new StreamRecord<>(rollup));
    }

    @Override
    public void chunk(PointChunk chunk) {
      aside(SideOutputs.CHUNKS, chunk);
    }

    @Override
    public void beyondHorizon(LatePoint point) {
      beyond.inc();
      aside(SideOutputs.LATE_POINTS, point);
    }

    @Override
    public void latest(LatestPoint point) {
      aside(SideOutputs.LATEST_POINTS, point);
    }

    @Override
    public void repair(RepairWindow window) {
      aside(SideOutputs.REPAIR_WINDOWS, window);
    }

    @Override
    public void series(SeriesEntry entry) {
      aside(SideOutputs.SERIES, entry);
    }

    @Override
    public void collision(Series series, long timestamp, long sourceId, long offset) {
      aside(
          SideOutputs.REJECTED,
          new Rejected(
              new Position("source " + Long.toHexString(sourceId), 0, offset),
              series.canonical(),
              RejectReason.SERIES_COLLISION,
              "another series has the id " + series.id(),
              null,
              series.canonical(),
              timestamp));
    }

    @Override
    public void lateSamples(int count) {
      late.inc(count);
    }

    @Override
    public void conflicts(int count) {
      conflicting.inc(count);
    }

    private <T> void aside(OutputTag<T> tag, T value) {
      output.collect(tag, new StreamRecord<>(value));
    }
  }
}

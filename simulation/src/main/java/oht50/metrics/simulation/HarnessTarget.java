package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.count.CountFunction;
import oht50.metrics.job.scenario.Input;
import oht50.metrics.job.scenario.Subject;
import oht50.metrics.job.scenario.Subtasks;
import oht50.metrics.job.scenario.Way;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** The operators in Flink's own harness: real state, timers, snapshots and key groups. */
final class HarnessTarget implements Target {
  private static final long CLOCK_STEP = 3_000;
  private static final int KEY_GROUPS = 4;

  private record Snapshot(
      OperatorSubtaskState counts,
      OperatorSubtaskState series,
      OperatorSubtaskState sequences,
      int parallelism) {}

  /** Where the operators keep their state. */
  enum Backends {
    HEAP,
    ROCKSDB,

    /** The other one after each restart, by way of savepoints in the canonical format. */
    TAKING_TURNS;

    private Way.Backend after(int restarts) {
      return this == ROCKSDB || (this == TAKING_TURNS && restarts % 2 == 1)
          ? Way.Backend.ROCKSDB
          : Way.Backend.HEAP;
    }
  }

  private final Setup setup;
  private final Output out;
  private final Backends backends;
  private final Subject<Long, Occurrence, SampleBatch> countsSubject;
  private Subject<Long, SeriesInput, Rollup> seriesSubject;
  private final Subject<String, Event, AlertTransition> sequencesSubject;
  private Subtasks<Long, Occurrence, SampleBatch> counts;
  private Subtasks<Long, SeriesInput, Rollup> series;
  private Subtasks<String, Event, AlertTransition> sequences;
  private long checkpoint;
  private long clock = 1;
  private int restarts;

  HarnessTarget(Setup setup, Backends backends, Output out) throws Exception {
    this.setup = setup;
    this.out = out;
    this.backends = backends;
    var options = setup.options();
    countsSubject =
        new Subject<>(
            () -> new KeyedProcessOperator<>(new CountFunction(options.horizon(), options.idle())),
            Occurrence::key,
            Types.LONG,
            TypeInfos.SAMPLE_BATCH,
            List.of(SideOutputs.REJECTED));
    seriesSubject = Subject.series(options);
    sequencesSubject = Subject.sequences(Setup.SEQUENCES, options);
    open(null, 1);
  }

  private void open(Snapshot from, int parallelism) throws Exception {
    counts = open(countsSubject, from == null ? null : from.counts(), from, parallelism);
    series = open(seriesSubject, from == null ? null : from.series(), from, parallelism);
    sequences = open(sequencesSubject, from == null ? null : from.sequences(), from, parallelism);
    publishAll(counts.clock(clock), series.clock(clock), sequences.clock(clock));
  }

  private <K, I, O> Subtasks<K, I, O> open(
      Subject<K, I, O> subject, OperatorSubtaskState state, Snapshot from, int parallelism)
      throws Exception {
    return new Subtasks<>(
        subject,
        backends.after(restarts),
        KEY_GROUPS,
        parallelism,
        state,
        from == null ? 0 : from.parallelism());
  }

  @Override
  public void take(Object message) throws Exception {
    if (message instanceof SeriesInput input) {
      publishAll(series.take(Input.of(input)));
    } else if (message instanceof Occurrence fact) {
      publishAll(counts.take(Input.of(fact)));
    } else {
      publishAll(sequences.take(Input.of((Event) message)));
    }
  }

  @Override
  public void watermark(long reached) throws Exception {
    publishAll(counts.take(Input.watermark(reached)));
    publishAll(series.take(Input.watermark(reached)));
    publishAll(sequences.take(Input.watermark(reached)));
  }

  @Override
  public void standStill() throws Exception {
    clock += CLOCK_STEP;
    publishAll(counts.clock(clock), series.clock(clock), sequences.clock(clock));
  }

  @SafeVarargs
  private void publishAll(List<Object>... published) throws Exception {
    for (List<Object> some : published) {
      for (Object each : some) {
        publish(each);
      }
    }
  }

  private void publish(Object each) throws Exception {
    if (each instanceof SampleBatch batch) {
      publishAll(series.take(Input.of(batch)));
    } else if (each instanceof AlertTransition transition) {
      out.transition(transition);
    } else if (each instanceof Rejected reject
        && reject.reason() == RejectReason.SERIES_COLLISION) {
      throw new IllegalStateException("no two generated series share an id: " + each);
    } else if (each instanceof Rollup
        || each instanceof PointChunk
        || each instanceof LatePoint
        || each instanceof LatestPoint
        || each instanceof RepairWindow
        || each instanceof SeriesEntry
        || each instanceof Rejected) {
      out.row(each);
    } else {
      throw new IllegalStateException("nobody takes " + each);
    }
  }

  @Override
  public Object snapshot() throws Exception {
    checkpoint++;
    publishAll(series.beforeSnapshot(checkpoint));
    return new Snapshot(
        snapshot(counts), snapshot(series), snapshot(sequences), counts.parallelism());
  }

  private OperatorSubtaskState snapshot(Subtasks<?, ?, ?> subtasks) throws Exception {
    return backends == Backends.TAKING_TURNS
        ? subtasks.canonicalSavepoint(checkpoint)
        : subtasks.snapshot(checkpoint);
  }

  @Override
  public void restore(Object snapshot, int parallelism, ZoneId zone) throws Exception {
    close();
    seriesSubject = Subject.series(setup.with(zone).options());
    restarts++;
    open((Snapshot) snapshot, parallelism);
  }

  @Override
  public String leftovers(boolean alertsAreOpen) {
    List<String> left = new ArrayList<>();
    note("counts", counts, left);
    note("points", series, left);
    if (!alertsAreOpen) {
      note("events", sequences, left);
    }
    return String.join("; ", left);
  }

  private static void note(String what, Subtasks<?, ?, ?> subtasks, List<String> left) {
    if (subtasks.stateEntries() + subtasks.timers() > 0) {
      left.add(
          "%s: %d entries, %d timers".formatted(what, subtasks.stateEntries(), subtasks.timers()));
    }
  }

  @Override
  public void close() throws Exception {
    counts.close();
    series.close();
    sequences.close();
  }
}

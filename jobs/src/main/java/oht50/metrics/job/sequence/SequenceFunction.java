package oht50.metrics.job.sequence;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import oht50.metrics.job.state.JudgedUntil;
import oht50.metrics.job.state.Kept;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.rule.LogIndex;
import oht50.metrics.rule.LogSlice;
import oht50.metrics.rule.SequenceCore;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.rule.SequenceStore;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Events of a robot in, alert transitions out.
 *
 * <p>Key: the robot. State: the events of the horizon that a sequence asks for, and what was
 * published of its alerts; both go once nothing within the horizon can change them, an open alert
 * when it ends. A late event is judged at once and the difference published; one beyond the horizon
 * is counted and not judged (it is in the events table like any other). A robot that speaks, or
 * whose timer fires, for the first time after a start is judged from its whole log, because the
 * sequences may be others than before.
 *
 * <p>Operator state: how far time had come before a restart.
 */
public final class SequenceFunction extends KeyedProcessFunction<String, Event, AlertTransition>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<LogIndex> INDEX =
      new ValueStateDescriptor<>("log-index", new CodecSerializer<>(new LogIndex.BinaryForm()));
  private static final MapStateDescriptor<Long, LogSlice> SLICES =
      new MapStateDescriptor<>(
          "log-slices", LongSerializer.INSTANCE, new CodecSerializer<>(new LogSlice.BinaryForm()));

  // Configuration.
  private final List<SequenceRule> rules;
  private final Duration horizon;

  // Runtime.
  private transient NfaMatcher matcher;
  private transient SequenceCore core;
  private transient ValueState<LogIndex> index;
  private transient MapState<Long, LogSlice> slices;
  private transient Counter beyond;
  private transient JudgedUntil judged;
  private transient Set<String> seen; // robots judged since the start

  public SequenceFunction(List<SequenceRule> rules, Duration horizon) {
    this.rules = List.copyOf(rules);
    this.horizon = horizon;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    matcher = new NfaMatcher(rules, getRuntimeContext());
    core = new SequenceCore(rules, matcher, horizon);
    seen = new HashSet<>();
    index = getRuntimeContext().getState(INDEX);
    slices = getRuntimeContext().getMapState(SLICES);
    beyond =
        getRuntimeContext().getMetricGroup().addGroup("oht50").counter("events_beyond_horizon");
  }

  @Override
  public void close() {
    if (matcher != null) { // open may have failed
      matcher.close();
    }
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    judged = new JudgedUntil(context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    judged.snapshot();
  }

  @Override
  public void processElement(Event event, Context context, Collector<AlertTransition> out) {
    if (!core.concerns(event)) {
      return;
    }
    TimerService timers = context.timerService();
    Consumer<AlertTransition> publish = out::collect;
    judgeAfterStart(context.getCurrentKey(), timers, publish);
    boolean isJudged =
        core.onEvent(
            event, watermark(timers), timers.currentProcessingTime(), new Store(timers), publish);
    if (!isJudged) {
      beyond.inc();
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AlertTransition> out) {
    TimerService timers = context.timerService();
    judgeAfterStart(context.getCurrentKey(), timers, out::collect);
    core.onWatermark(
        timestamp,
        watermark(timers),
        timers.currentProcessingTime(),
        new Store(timers),
        out::collect);
  }

  private void judgeAfterStart(
      String robot, TimerService timers, Consumer<AlertTransition> publish) {
    if (seen.add(robot)) {
      core.onStart(watermark(timers), timers.currentProcessingTime(), new Store(timers), publish);
    }
  }

  private long watermark(TimerService timers) {
    return judged.at(timers.currentWatermark());
  }

  private final class Store implements SequenceStore {
    private final TimerService timers;

    private Store(TimerService timers) {
      this.timers = timers;
    }

    @Override
    public LogIndex index() {
      LogIndex value = Kept.value(index);
      return value == null ? LogIndex.EMPTY : value;
    }

    @Override
    public void index(LogIndex value) {
      Kept.value(index, value.isEmpty() ? null : value);
    }

    @Override
    public LogSlice slice(long start) {
      return Kept.at(slices, start);
    }

    @Override
    public void slice(long start, LogSlice slice) {
      Kept.at(slices, start, slice);
    }

    @Override
    public void wakeAt(long watermark) {
      timers.registerEventTimeTimer(watermark);
    }
  }
}

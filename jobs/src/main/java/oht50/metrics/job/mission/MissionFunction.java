package oht50.metrics.job.mission;

import java.time.Duration;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.ingest.Asking;
import oht50.metrics.job.state.Kept;
import oht50.metrics.level.LevelChange;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionCore;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionLog;
import oht50.metrics.mission.MissionOutput;
import oht50.metrics.mission.MissionStore;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Facts of missions in; how long they took out, and on the side what they are, what is counted of
 * them and how the queue and the share of successful ones change.
 *
 * <p>Key: the mission's id. State: its facts, for a day after the last of them came. A late fact
 * takes back what no longer follows.
 */
public final class MissionFunction extends KeyedProcessFunction<String, MissionFact, SampleBatch> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<MissionLog> LOG =
      new ValueStateDescriptor<>("mission-log", new CodecSerializer<>(new MissionLog.BinaryForm()));

  // Configuration.
  private final Duration queueTimeout;

  // Runtime.
  private transient MissionCore core;
  private transient ValueState<MissionLog> log;
  private transient Asking asking;

  public MissionFunction(Duration queueTimeout) {
    this.queueTimeout = queueTimeout;
  }

  @Override
  public void open(OpenContext context) {
    core = new MissionCore(queueTimeout);
    log = getRuntimeContext().getState(LOG);
    asking = new Asking();
  }

  @Override
  public void processElement(MissionFact fact, Context context, Collector<SampleBatch> out) {
    TimerService timers = context.timerService();
    core.onFact(fact, timers.currentWatermark(), new Store(timers), new Emitter(context, out));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SampleBatch> out) {
    TimerService timers = context.timerService();
    core.onWatermark(timers.currentWatermark(), new Store(timers), new Emitter(context, out));
  }

  private final class Emitter implements MissionOutput {
    private final Context context;
    private final Collector<SampleBatch> out;

    private Emitter(Context context, Collector<SampleBatch> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void attempt(MissionAttempt attempt) {
      context.output(SideOutputs.MISSIONS, attempt);
    }

    @Override
    public void ended(Occurrence end) {
      asking.ask(
          end.series(), context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
      context.output(SideOutputs.OCCURRENCES, end);
    }

    @Override
    public void duration(SampleBatch sample, boolean isFirst) {
      asking.ask(
          sample.layout(), context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
      out.collect(sample);
      if (isFirst) {
        // A histogram of the page cannot take back what it has observed.
        context.output(SideOutputs.EXPOSED, sample);
      }
    }

    @Override
    public void level(LevelChange change) {
      context.output(SideOutputs.LEVEL_CHANGES, change);
    }
  }

  private final class Store implements MissionStore {
    private final TimerService timers;

    private Store(TimerService timers) {
      this.timers = timers;
    }

    @Override
    public MissionLog log() {
      return Kept.value(log);
    }

    @Override
    public void log(MissionLog value) {
      Kept.value(log, value);
    }

    @Override
    public void wakeAt(long watermark) {
      timers.registerEventTimeTimer(watermark);
    }
  }
}

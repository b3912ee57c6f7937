package oht50.metrics.job.fact;

import java.time.Duration;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.state.Kept;
import oht50.metrics.model.Event;
import oht50.metrics.typeinfo.CodecSerializer;
import oht50.metrics.vda.ReportIndex;
import oht50.metrics.vda.ReportOutput;
import oht50.metrics.vda.ReportSlice;
import oht50.metrics.vda.ReportStore;
import oht50.metrics.vda.StateCore;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * States of VDA 5050 in, what follows from them out; on the side the same as events for the table.
 *
 * <p>Key: the robot. State: the states of the horizon in slices of a minute, and what is believed
 * before them; it goes after a week of silence. A late state takes back what no longer follows; one
 * beyond the horizon is counted and changes nothing here.
 */
public final class StateFunction extends KeyedProcessFunction<String, StateReport, RobotFact> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<ReportIndex> INDEX =
      new ValueStateDescriptor<>(
          "report-index", new CodecSerializer<>(new ReportIndex.BinaryForm()));
  private static final MapStateDescriptor<Long, ReportSlice> SLICES =
      new MapStateDescriptor<>(
          "report-slices",
          LongSerializer.INSTANCE,
          new CodecSerializer<>(new ReportSlice.BinaryForm()));

  // Configuration.
  private final Duration horizon;
  private final String topic;

  // Runtime.
  private transient StateCore core;
  private transient ValueState<ReportIndex> index;
  private transient MapState<Long, ReportSlice> slices;
  private transient Counter beyond;

  /**
   * @param topic of the states
   */
  public StateFunction(Duration horizon, String topic) {
    this.horizon = horizon;
    this.topic = topic;
  }

  @Override
  public void open(OpenContext context) {
    core = new StateCore(horizon, topic);
    index = getRuntimeContext().getState(INDEX);
    slices = getRuntimeContext().getMapState(SLICES);
    beyond =
        getRuntimeContext().getMetricGroup().addGroup("oht50").counter("states_beyond_horizon");
  }

  @Override
  public void processElement(StateReport report, Context context, Collector<RobotFact> out) {
    TimerService timers = context.timerService();
    boolean isTakenIn =
        core.onReport(
            report, timers.currentWatermark(), new Store(timers), new Emitter(context, out));
    if (!isTakenIn) {
      beyond.inc();
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RobotFact> out) {
    TimerService timers = context.timerService();
    core.onWatermark(timers.currentWatermark(), new Store(timers));
  }

  private record Emitter(Context context, Collector<RobotFact> out) implements ReportOutput {
    @Override
    public void fact(RobotFact fact) {
      out.collect(fact);
    }

    @Override
    public void event(Event event) {
      context.output(SideOutputs.EVENTS, event);
    }
  }

  private final class Store implements ReportStore {
    private final TimerService timers;

    private Store(TimerService timers) {
      this.timers = timers;
    }

    @Override
    public ReportIndex index() {
      return Kept.value(index);
    }

    @Override
    public void index(ReportIndex value) {
      Kept.value(index, value);
    }

    @Override
    public ReportSlice slice(long start) {
      return Kept.at(slices, start);
    }

    @Override
    public void slice(long start, ReportSlice slice) {
      Kept.at(slices, start, slice);
    }

    @Override
    public void wakeAt(long watermark) {
      timers.registerEventTimeTimer(watermark);
    }
  }
}

package oht50.metrics.job.fact;

import java.time.Duration;
import java.util.List;
import oht50.metrics.exposition.PageSelection;
import oht50.metrics.fact.FactCore;
import oht50.metrics.fact.FactIndex;
import oht50.metrics.fact.FactOutput;
import oht50.metrics.fact.FactStore;
import oht50.metrics.fact.FactTopics;
import oht50.metrics.fact.FactsOfInstant;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.ingest.Asking;
import oht50.metrics.job.ingest.RouteFunction;
import oht50.metrics.job.state.Kept;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * All that is told of robots, and what the registry says of them in; the events that count out, and
 * on the side what counts of their missions, counts and samples.
 *
 * <p>Key: the robot. State: its facts of the horizon, the topics that the registry names, and how
 * often samples were published; the facts go with the horizon, the rest a day later, what the
 * registry says when the robot is no longer registered. A registration that comes late takes back
 * what should not have counted; a fact beyond the horizon is judged by what is known.
 */
public final class FactFunction
    extends KeyedCoProcessFunction<String, RobotFact, Registration, Event> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<FactIndex> INDEX =
      new ValueStateDescriptor<>("fact-index", new CodecSerializer<>(new FactIndex.BinaryForm()));
  private static final MapStateDescriptor<Long, FactsOfInstant> FACTS =
      new MapStateDescriptor<>(
          "facts", LongSerializer.INSTANCE, new CodecSerializer<>(new FactsOfInstant.BinaryForm()));

  // Configuration.
  private final FactTopics topics;
  private final Duration horizon;
  private final MetricSelection metrics;

  // Runtime.
  private transient FactCore core;
  private transient ValueState<FactIndex> index;
  private transient MapState<Long, FactsOfInstant> facts;
  private transient PageSelection selection;
  private transient Asking asking;

  /**
   * @param metrics which counts, samples and missions are taken of facts; events always are
   */
  public FactFunction(FactTopics topics, Duration horizon, MetricSelection metrics) {
    this.topics = topics;
    this.horizon = horizon;
    this.metrics = metrics;
  }

  @Override
  public void open(OpenContext context) {
    core = new FactCore(topics, horizon);
    index = getRuntimeContext().getState(INDEX);
    facts = getRuntimeContext().getMapState(FACTS);
    selection = new PageSelection();
    asking = new Asking();
  }

  @Override
  public void processElement1(RobotFact fact, Context context, Collector<Event> out) {
    TimerService timers = context.timerService();
    core.onFact(fact, timers.currentWatermark(), new Store(timers), new Emitter(context, out));
  }

  @Override
  public void processElement2(Registration said, Context context, Collector<Event> out) {
    TimerService timers = context.timerService();
    core.onRegistration(
        said, timers.currentWatermark(), new Store(timers), new Emitter(context, out));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Event> out) {
    TimerService timers = context.timerService();
    core.onWatermark(timers.currentWatermark(), new Store(timers));
  }

  private final class Emitter implements FactOutput {
    private final Context context;
    private final Collector<Event> out;

    private Emitter(Context context, Collector<Event> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void event(Event event) {
      out.collect(event);
    }

    @Override
    public void missionFact(MissionFact fact) {
      if (metrics.takes(RouteFunction.OF_MISSIONS)) {
        context.output(SideOutputs.MISSION_FACTS, fact);
      }
    }

    @Override
    public void counted(Occurrence occurrence) {
      if (!metrics.takes(occurrence.series().series(0).name())) {
        return;
      }
      asking.ask(
          occurrence.series(),
          context.timerService(),
          ask -> context.output(SideOutputs.ASKS, ask));
      context.output(SideOutputs.OCCURRENCES, occurrence);
    }

    @Override
    public void sample(SampleBatch sample, boolean isFirst) {
      asking.ask(
          sample.layout(), context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
      context.output(SideOutputs.SAMPLES, sample);
      SampleBatch exposed = selection.of(sample);
      if (isFirst && exposed != null) {
        // A histogram of the page cannot take back what it has observed.
        context.output(SideOutputs.EXPOSED, exposed);
      }
    }
  }

  private final class Store implements FactStore {
    private final TimerService timers;

    private Store(TimerService timers) {
      this.timers = timers;
    }

    @Override
    public FactIndex index() {
      return Kept.value(index);
    }

    @Override
    public void index(FactIndex value) {
      Kept.value(index, value);
    }

    @Override
    public FactsOfInstant at(long timestamp) {
      return Kept.at(facts, timestamp);
    }

    @Override
    public void at(long timestamp, FactsOfInstant held) {
      Kept.at(facts, timestamp, held);
    }

    @Override
    public List<Long> instants() {
      return Kept.keys(facts);
    }

    @Override
    public void wakeAt(long watermark) {
      timers.registerEventTimeTimer(watermark);
    }
  }
}

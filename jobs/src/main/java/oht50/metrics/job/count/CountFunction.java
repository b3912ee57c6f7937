package oht50.metrics.job.count;

import java.time.Duration;
import oht50.metrics.count.CountIndex;
import oht50.metrics.count.CountOutput;
import oht50.metrics.count.CountStore;
import oht50.metrics.count.CountedSecond;
import oht50.metrics.count.OccurrenceCounter;
import oht50.metrics.count.UncountedFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.state.Kept;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.typeinfo.CodecSerializer;
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
 * Occurrences in, samples of delta series out, and on the side by how much they changed.
 *
 * <p>Key: {@link Occurrence#key()}. State: one entry per second of the horizon and the index of its
 * minutes; both are cleared as the key's own time, or the clock when it is silent, moves on. A late
 * occurrence republishes its second; one beyond the horizon asks for the repair of its minute.
 */
public final class CountFunction extends KeyedProcessFunction<Long, Occurrence, SampleBatch> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<Long, CountedSecond> SECONDS =
      new MapStateDescriptor<>(
          "counted-seconds",
          LongSerializer.INSTANCE,
          new CodecSerializer<>(new CountedSecond.BinaryForm()));
  private static final ValueStateDescriptor<CountIndex> INDEX =
      new ValueStateDescriptor<>("count-index", new CodecSerializer<>(new CountIndex.BinaryForm()));

  // Configuration.
  private final Duration horizon;
  private final Duration idle;

  // Runtime.
  private transient OccurrenceCounter counter;
  private transient MapState<Long, CountedSecond> seconds;
  private transient ValueState<CountIndex> index;
  private transient Counter beyond;

  public CountFunction(Duration horizon, Duration idle) {
    this.horizon = horizon;
    this.idle = idle;
  }

  @Override
  public void open(OpenContext context) {
    counter = new OccurrenceCounter(horizon, idle);
    seconds = getRuntimeContext().getMapState(SECONDS);
    index = getRuntimeContext().getState(INDEX);
    beyond = getRuntimeContext().getMetricGroup().addGroup("oht50").counter("facts_beyond_horizon");
  }

  @Override
  public void processElement(Occurrence occurrence, Context context, Collector<SampleBatch> out) {
    TimerService timers = context.timerService();
    counter.onOccurrence(
        occurrence, timers.currentWatermark(), new Store(timers), new Emitter(out, context));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SampleBatch> out) {
    TimerService timers = context.timerService();
    counter.onWatermark(
        timestamp, timers.currentWatermark(), new Store(timers), new Emitter(out, context));
  }

  private final class Emitter implements CountOutput {
    private final Collector<SampleBatch> out;
    private final Context context;

    private Emitter(Collector<SampleBatch> out, Context context) {
      this.out = out;
      this.context = context;
    }

    @Override
    public void counts(SampleBatch batch) {
      out.collect(batch);
    }

    @Override
    public void increments(SampleBatch batch) {
      context.output(SideOutputs.INCREMENTS, batch);
    }

    @Override
    public void beyondHorizon(Occurrence occurrence) {
      beyond.inc();
      for (int i = 0; i < occurrence.series().size(); i++) {
        context.output(SideOutputs.REJECTED, UncountedFact.reject(occurrence, i));
      }
    }
  }

  private final class Store implements CountStore {
    private final TimerService timers;

    private Store(TimerService timers) {
      this.timers = timers;
    }

    @Override
    public CountedSecond second(long start) {
      return Kept.at(seconds, start);
    }

    @Override
    public void second(long start, CountedSecond counted) {
      Kept.at(seconds, start, counted);
    }

    @Override
    public CountIndex index() {
      return Kept.value(index);
    }

    @Override
    public void index(CountIndex value) {
      Kept.value(index, value);
    }

    @Override
    public void wakeAt(long watermark) {
      timers.registerEventTimeTimer(watermark);
    }
  }
}

package oht50.metrics.job.rule;

import java.util.List;
import oht50.metrics.job.state.Kept;
import oht50.metrics.ruleeval.PartIndex;
import oht50.metrics.ruleeval.PartSeries;
import oht50.metrics.ruleeval.PartStore;
import oht50.metrics.ruleeval.PointSlice;
import oht50.metrics.ruleeval.RuleState;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * A {@link PartStore} in Flink's keyed state. All of it goes once no sample of the horizon can
 * change anything: {@link oht50.metrics.ruleeval.PartRules} asks to be woken until then.
 */
final class KeyedPartStore implements PartStore {
  /** What has come late is judged together after one second of the clock, ms. */
  private static final long STANDSTILL = 1_000;

  private static final ValueStateDescriptor<PartIndex> INDEX =
      new ValueStateDescriptor<>("part-index", new CodecSerializer<>(new PartIndex.BinaryForm()));
  private static final ValueStateDescriptor<PartSeries> SERIES =
      new ValueStateDescriptor<>("part-series", new CodecSerializer<>(new PartSeries.BinaryForm()));
  private static final MapStateDescriptor<Long, PointSlice> SLICES =
      new MapStateDescriptor<>(
          "part-slices",
          LongSerializer.INSTANCE,
          new CodecSerializer<>(new PointSlice.BinaryForm()));
  private static final MapStateDescriptor<Long, RuleState> RULES =
      new MapStateDescriptor<>(
          "part-rules", LongSerializer.INSTANCE, new CodecSerializer<>(new RuleState.BinaryForm()));

  /** Every part of which anything is kept has it. */
  static final List<String> OF_EVERY_KEY = List.of(INDEX.getName());

  private final ValueState<PartIndex> index;
  private final ValueState<PartSeries> series;
  private final MapState<Long, PointSlice> slices;
  private final MapState<Long, RuleState> rules;
  private final InternalTimerService<VoidNamespace> timers;

  KeyedPartStore(KeyedStateStore state, InternalTimerService<VoidNamespace> timers) {
    this.index = state.getState(INDEX);
    this.series = state.getState(SERIES);
    this.slices = state.getMapState(SLICES);
    this.rules = state.getMapState(RULES);
    this.timers = timers;
  }

  @Override
  public PartIndex index() {
    return Kept.value(index);
  }

  @Override
  public void index(PartIndex value) {
    Kept.value(index, value);
  }

  @Override
  public PartSeries series() {
    return Kept.value(series);
  }

  @Override
  public void series(PartSeries value) {
    Kept.value(series, value);
  }

  @Override
  public PointSlice slice(long start) {
    return Kept.at(slices, start);
  }

  @Override
  public void slice(long start, PointSlice slice) {
    Kept.at(slices, start, slice);
  }

  @Override
  public RuleState rule(long id) {
    return Kept.at(rules, id);
  }

  @Override
  public void rule(long id, RuleState state) {
    Kept.at(rules, id, state);
  }

  /** If time has come so far already, it may not go on (decision 006). */
  @Override
  public void wakeAt(long watermark) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, watermark);
    if (watermark <= timers.currentWatermark()) {
      long now = timers.currentProcessingTime();
      timers.registerProcessingTimeTimer(
          VoidNamespace.INSTANCE, Math.floorDiv(now, STANDSTILL) * STANDSTILL + 2 * STANDSTILL);
    }
  }
}

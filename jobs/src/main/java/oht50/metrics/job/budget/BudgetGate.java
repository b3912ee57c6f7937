package oht50.metrics.job.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.budget.KeyNotice;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.Places;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.typeinfo.CodecSerializer;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets the samples of admitted series through and sums up the others. Registrations of robots and
 * backfills pass: what stands behind it has one input, so that it can be chained.
 *
 * <p>Key: {@link SampleBatch#key()}. State: the places of the key's series, and batches that wait
 * for a verdict. A place is forgotten when its series has not asked for horizon and idle time; it
 * asks before it speaks again. Late samples go the same way as others.
 *
 * <p>A verdict comes before the watermark that follows the sample which asked. Should one not come
 * for half an hour of the watermark, the samples go through: the budget protects memory, and must
 * not cost data. What is summed up leaves before a watermark and before a barrier.
 */
public final class BudgetGate extends AbstractStreamOperator<SeriesInput>
    implements TwoInputStreamOperator<SampleBatch, KeyNotice, SeriesInput>,
        Triggerable<Long, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final long HALF_HOUR = 1_800_000;
  private static final int REMEMBERED_LAYOUTS = 65_536;
  private static final int LARGEST_OVERFLOW = 10_000; // sums

  private static final ValueStateDescriptor<Places> PLACES =
      new ValueStateDescriptor<>("key-places", new CodecSerializer<>(new Places.BinaryForm()));
  private static final ListStateDescriptor<SampleBatch> WAITING =
      new ListStateDescriptor<>("waiting-batches", TypeInfos.SAMPLE_BATCH);

  private static final ValueStateDescriptor<Long> WAITING_SINCE =
      new ValueStateDescriptor<>("waiting-since", Types.LONG);

  private record Minute(String metric, long start) {}

  // Configuration.
  private final long keep;

  // Runtime.
  private transient ValueState<Places> places;
  private transient ListState<SampleBatch> waiting;
  private transient ValueState<Long> waitingSince; // watermark of the first that waits
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Set<Long> admitted; // hashes of layouts of which all series are
  private transient Map<Minute, OverflowSum> overflow;
  private transient Counter overflowed;
  private transient Counter unanswered;

  public BudgetGate(SeriesOptions options) {
    this.keep = options.horizon().plus(options.idle()).toMillis();
  }

  @Override
  public void open() throws Exception {
    super.open();
    places = getRuntimeContext().getState(PLACES);
    waiting = getRuntimeContext().getListState(WAITING);
    waitingSince = getRuntimeContext().getState(WAITING_SINCE);
    timers = getInternalTimerService("budget", VoidNamespaceSerializer.INSTANCE, this);
    admitted = new HashSet<>();
    overflow = new LinkedHashMap<>();
    var health = getMetricGroup().addGroup("oht50");
    overflowed = health.counter("overflowed_samples");
    unanswered = health.counter("samples_without_verdict");
  }

  @Override
  public void processElement1(StreamRecord<SampleBatch> record) throws Exception {
    SampleBatch batch = record.getValue();
    if (admitted.contains(batch.layout().hash())) {
      output.collect(new StreamRecord<>(batch));
      return;
    }
    Places known = known();
    if (known.know(batch.layout())) {
      pass(batch, known);
    } else {
      waiting.add(batch);
      if (waitingSince.value() == null) {
        waitingSince.update(timers.currentWatermark());
      }
      lookLater();
    }
  }

  @Override
  public void processElement2(StreamRecord<KeyNotice> record) throws Exception {
    KeyNotice notice = record.getValue();
    if (notice.passing() != null) {
      output.collect(new StreamRecord<>(notice.passing()));
      return;
    }
    Places known = known().with(notice.verdict());
    places.update(known);
    lookLater();
    List<SampleBatch> still = new ArrayList<>();
    boolean isChanged = false;
    for (SampleBatch batch : waiting.get()) {
      if (known.know(batch.layout())) {
        pass(batch, known);
        isChanged = true;
      } else {
        still.add(batch);
      }
    }
    if (isChanged) {
      waiting.update(still);
    }
    if (still.isEmpty()) {
      waitingSince.clear();
    }
  }

  private Places known() throws Exception {
    Places known = places.value();
    return known == null ? Places.NONE : known;
  }

  private void pass(SampleBatch batch, Places known) {
    int size = batch.size();
    int[] through = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      Series series = batch.layout().series(i);
      if (known.admit(series.id())) {
        through[count++] = i;
      } else {
        overflow(series, batch.timestamp(i), batch.values()[i]);
      }
    }
    if (count == size) {
      remember(batch.layout());
      output.collect(new StreamRecord<>(batch));
    } else if (count > 0) {
      output.collect(new StreamRecord<>(only(batch, Arrays.copyOf(through, count))));
    }
  }

  private void remember(SeriesLayout layout) {
    if (admitted.size() >= REMEMBERED_LAYOUTS) {
      admitted.clear();
    }
    admitted.add(layout.hash());
  }

  private static SampleBatch only(SampleBatch batch, int[] some) {
    Series[] series = new Series[some.length];
    for (int i = 0; i < some.length; i++) {
      series[i] = batch.layout().series(some[i]);
    }
    return batch.only(some, SeriesLayout.of(series));
  }

  private void overflow(Series series, long timestamp, double value) {
    if (StaleMarker.is(value)) {
      return; // no sample
    }
    overflowed.inc();
    OverflowSum sum = OverflowSum.of(series.name(), timestamp, value);
    overflow.merge(new Minute(sum.metric(), sum.window()), sum, OverflowSum::plus);
    if (overflow.size() >= LARGEST_OVERFLOW) {
      flush();
    }
  }

  private void flush() {
    overflow.values().forEach(sum -> output.collect(SideOutputs.OVERFLOW, new StreamRecord<>(sum)));
    overflow.clear();
  }

  /** At the end of a half hour that is wholly to come. */
  private void lookLater() {
    long now = timers.currentWatermark();
    timers.registerEventTimeTimer(
        VoidNamespace.INSTANCE,
        now == Long.MIN_VALUE ? 0 : Math.floorDiv(now, HALF_HOUR) * HALF_HOUR + 2 * HALF_HOUR);
  }

  @Override
  public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
    long now = timers.currentWatermark();
    if (timer.getTimestamp() == 0) { // set before there was a watermark
      lookLater();
      return;
    }
    letThroughWhatHasWaited(now);
    Places known = places.value();
    if (known == null || now == Long.MAX_VALUE) {
      return;
    }
    Places left = known.askedSince(now - keep, now);
    if (left.size() < known.size()) {
      admitted.clear(); // their layouts are among them
    }
    if (left.isEmpty()) {
      places.clear();
    } else {
      places.update(left);
      lookLater();
    }
  }

  private void letThroughWhatHasWaited(long now) throws Exception {
    Long since = waitingSince.value();
    if (since == null) {
      return;
    }
    if (now < since + HALF_HOUR) {
      lookLater();
      return;
    }
    for (SampleBatch batch : waiting.get()) {
      unanswered.inc(batch.size());
      output.collect(new StreamRecord<>(batch));
    }
    waiting.clear();
    waitingSince.clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of the clock is set");
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
    flush();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }
}

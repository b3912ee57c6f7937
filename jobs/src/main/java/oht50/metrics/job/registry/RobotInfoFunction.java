package oht50.metrics.job.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.ingest.Asking;
import oht50.metrics.job.state.Kept;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.typeinfo.CodecSerializer;
import oht50.metrics.typeinfo.TypeInfos;
import oht50.metrics.wire.Codecs;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What the registry says of robots in, {@value #METRIC} out: 1 at each minute while a robot is
 * registered, also of one that has never spoken, with what is known of it as labels.
 *
 * <p>Key: the robot. State: its registration, and up to when it has been told; both go when it is
 * no longer registered. A registration is told from the minute on at which it came; with other
 * labels it is another series, and the one before ends.
 *
 * <p>The first input brings nothing but time.
 */
public final class RobotInfoFunction
    extends KeyedCoProcessFunction<String, Registration, Registration, SampleBatch> {
  private static final long serialVersionUID = 1L;

  static final String METRIC = "oht50_robot_info";
  private static final long MINUTE = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final ValueStateDescriptor<Registration> REGISTRATION =
      new ValueStateDescriptor<>(
          "registration", new CodecSerializer<>(new Codecs.RegistrationCodec()));
  private static final ListStateDescriptor<SampleBatch> TOLD =
      new ListStateDescriptor<>("told-series", TypeInfos.SAMPLE_BATCH);
  private static final ValueStateDescriptor<Long> TOLD_UNTIL =
      new ValueStateDescriptor<>("told-until", Types.LONG);

  // Configuration.
  private final long horizon;

  // Runtime.
  private transient ValueState<Registration> registration;
  private transient ListState<SampleBatch> told; // the last of the series that stands, if any
  private transient ValueState<Long> toldUntil;
  private transient Asking asking;

  /**
   * @param horizon how far back it is told if time has leapt
   */
  public RobotInfoFunction(Duration horizon) {
    this.horizon = horizon.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    registration = getRuntimeContext().getState(REGISTRATION);
    told = getRuntimeContext().getListState(TOLD);
    toldUntil = getRuntimeContext().getState(TOLD_UNTIL);
    asking = new Asking();
  }

  @Override
  public void processElement1(Registration time, Context context, Collector<SampleBatch> out) {
    throw new IllegalStateException("only time comes this way");
  }

  @Override
  public void processElement2(Registration said, Context context, Collector<SampleBatch> out) {
    Registration before = Kept.value(registration);
    if (said.isRemoval() && before == null) {
      return;
    }
    Kept.value(registration, said);
    if (before == null) {
      TimerService timers = context.timerService();
      timers.registerEventTimeTimer(minuteAfter(timers.currentWatermark()));
    }
  }

  /** Before there is any time: the first that comes. */
  private static long minuteAfter(long watermark) {
    return watermark == Long.MIN_VALUE ? 0 : Math.floorDiv(watermark, MINUTE) * MINUTE + MINUTE;
  }

  @Override
  public void onTimer(long timer, OnTimerContext context, Collector<SampleBatch> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    Registration said = Kept.value(registration);
    if (watermark == Long.MAX_VALUE || said == null) {
      return;
    }
    long last = Math.floorDiv(watermark, MINUTE) * MINUTE;
    Long until = Kept.value(toldUntil);
    long first = until == null ? Math.max(timer, last) : Math.max(until + MINUTE, last - horizon);
    for (long minute = first; minute <= last; minute += MINUTE) {
      tell(said, minute, context, out);
    }
    if (said.isRemoval()) {
      registration.clear();
      toldUntil.clear();
      return;
    }
    Kept.value(toldUntil, last);
    context.timerService().registerEventTimeTimer(last + MINUTE);
  }

  private void tell(Registration said, long minute, Context context, Collector<SampleBatch> out)
      throws Exception {
    SampleBatch now = isRegistered(said, minute) ? batch(said, minute) : null;
    for (SampleBatch before : told.get()) {
      if (now == null || !now.layout().equals(before.layout())) {
        out.collect(ended(before, minute));
      }
    }
    if (now == null) {
      told.clear();
      return;
    }
    asking.ask(now.layout(), context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
    out.collect(now);
    told.update(List.of(now));
  }

  private static boolean isRegistered(Registration said, long minute) {
    return !said.isRemoval() && minute >= said.effectiveFrom();
  }

  private static SampleBatch batch(Registration said, long minute) {
    return new SampleBatch(
        SeriesLayout.of(Series.of(METRIC, labels(said), MetricKind.GAUGE)),
        new long[] {minute},
        new double[] {1},
        said.sourceId(),
        said.offset());
  }

  private static SampleBatch ended(SampleBatch before, long minute) {
    return new SampleBatch(
        before.layout(),
        new long[] {minute},
        new double[] {StaleMarker.VALUE},
        before.sourceId(),
        before.offset());
  }

  private static Labels labels(Registration said) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("robot_id", said.robotId());
    put("site", said.site(), labels);
    put("zone", said.zone(), labels);
    put("model", model(said.attributes()), labels);
    return Labels.of(labels);
  }

  private static void put(String label, String value, Map<String, String> labels) {
    if (value != null && !value.isEmpty()) {
      labels.put(label, value);
    }
  }

  private static String model(String attributes) {
    try {
      return attributes == null ? null : JSON.readTree(attributes).path("model").textValue();
    } catch (JsonProcessingException e) {
      return null; // the decoder has written it
    }
  }
}

package oht50.metrics.job.series;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import oht50.metrics.series.AccumulatorBlock;
import oht50.metrics.series.Agenda;
import oht50.metrics.series.Holdings;
import oht50.metrics.series.KeySettings;
import oht50.metrics.series.LogBatch;
import oht50.metrics.series.SeriesStore;
import oht50.metrics.series.SeriesTable;
import oht50.metrics.series.TelemetryCatalog;
import oht50.metrics.time.Interval;
import oht50.metrics.typeinfo.CodecSerializer;
import oht50.metrics.wire.Codec;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * A {@link SeriesStore} in Flink's keyed state. Logs and blocks are namespaced by the start of
 * their window; all of it is cleared by {@code oht50.metrics.series.Retention}, whose look-at
 * timers end when nothing is left. What the registry says of a robot stays until it is no longer
 * registered.
 */
final class KeyedSeriesStore implements SeriesStore {
  /** Late samples of one second of the clock are published together, ms. */
  private static final long STANDSTILL = 1_000;

  private static final ValueStateDescriptor<SeriesTable> TABLE =
      value("series-table", new SeriesTable.BinaryForm());
  private static final ValueStateDescriptor<Agenda> AGENDA =
      value("agenda", new Agenda.BinaryForm());
  private static final ValueStateDescriptor<Holdings> HOLDINGS =
      value("holdings", new Holdings.BinaryForm());
  private static final ValueStateDescriptor<KeySettings> SETTINGS =
      value("key-settings", new KeySettings.BinaryForm());
  private static final ValueStateDescriptor<TelemetryCatalog> TELEMETRY =
      value("telemetry-catalog", new TelemetryCatalog.BinaryForm());
  private static final ListStateDescriptor<LogBatch> LOG =
      new ListStateDescriptor<>("minute-log", new CodecSerializer<>(new LogBatch.BinaryForm()));
  private static final ValueStateDescriptor<AccumulatorBlock> MINUTES =
      value("minute-blocks", new AccumulatorBlock.BinaryForm());
  private static final ValueStateDescriptor<AccumulatorBlock> FIVE_MINUTES =
      value("five-minute-blocks", new AccumulatorBlock.BinaryForm());
  private static final ValueStateDescriptor<AccumulatorBlock> QUARTERS =
      value("quarter-blocks", new AccumulatorBlock.BinaryForm());

  /** Every key of which anything is kept has one of these. */
  static final List<String> OF_EVERY_KEY = List.of(TABLE.getName(), SETTINGS.getName());

  private final RecentValues<SeriesTable> table;
  private final RecentValues<Agenda> agenda;
  private final RecentValues<Holdings> holdings;
  private final RecentValues<KeySettings> settings;
  private final InternalValueState<Long, VoidNamespace, TelemetryCatalog> telemetry;
  private final InternalListState<Long, Long, LogBatch> log;
  private final InternalValueState<Long, Long, AccumulatorBlock> minutes;
  private final InternalValueState<Long, Long, AccumulatorBlock> fiveMinutes;
  private final InternalValueState<Long, Long, AccumulatorBlock> quarters;
  private final InternalTimerService<VoidNamespace> timers;

  /** How an operator makes its state. */
  interface Backend {
    <N, S extends State, T> S state(TypeSerializer<N> namespace, StateDescriptor<S, T> descriptor)
        throws Exception;
  }

  @SuppressWarnings("unchecked")
  KeyedSeriesStore(
      Backend backend, InternalTimerService<VoidNamespace> timers, Supplier<Object> currentKey)
      throws Exception {
    this.timers = timers;
    table = perKey(backend, TABLE, currentKey);
    agenda = perKey(backend, AGENDA, currentKey);
    holdings = perKey(backend, HOLDINGS, currentKey);
    settings = perKey(backend, SETTINGS, currentKey);
    telemetry = perKey(backend, TELEMETRY);
    log = (InternalListState<Long, Long, LogBatch>) backend.state(LongSerializer.INSTANCE, LOG);
    minutes = blocks(backend, MINUTES);
    fiveMinutes = blocks(backend, FIVE_MINUTES);
    quarters = blocks(backend, QUARTERS);
  }

  private static <T> ValueStateDescriptor<T> value(String name, Codec<T> codec) {
    return new ValueStateDescriptor<>(name, new CodecSerializer<>(codec));
  }

  private static <T> RecentValues<T> perKey(
      Backend backend, ValueStateDescriptor<T> descriptor, Supplier<Object> currentKey)
      throws Exception {
    return new RecentValues<>(perKey(backend, descriptor), currentKey);
  }

  @SuppressWarnings("unchecked")
  private static <T> InternalValueState<Long, VoidNamespace, T> perKey(
      Backend backend, ValueStateDescriptor<T> descriptor) throws Exception {
    InternalValueState<Long, VoidNamespace, T> state =
        (InternalValueState<Long, VoidNamespace, T>)
            backend.state(VoidNamespaceSerializer.INSTANCE, descriptor);
    state.setCurrentNamespace(VoidNamespace.INSTANCE);
    return state;
  }

  @SuppressWarnings("unchecked")
  private static InternalValueState<Long, Long, AccumulatorBlock> blocks(
      Backend backend, ValueStateDescriptor<AccumulatorBlock> descriptor) throws Exception {
    return (InternalValueState<Long, Long, AccumulatorBlock>)
        backend.state(LongSerializer.INSTANCE, descriptor);
  }

  @Override
  public SeriesTable table() {
    return table.read();
  }

  @Override
  public void table(SeriesTable value) {
    table.write(value);
  }

  @Override
  public Agenda agenda() {
    return agenda.read();
  }

  @Override
  public void agenda(Agenda value) {
    agenda.write(value);
  }

  @Override
  public Holdings holdings() {
    return holdings.read();
  }

  @Override
  public void holdings(Holdings value) {
    holdings.write(value);
  }

  @Override
  public KeySettings settings() {
    return settings.read();
  }

  @Override
  public void settings(KeySettings value) {
    settings.write(value);
  }

  @Override
  public TelemetryCatalog telemetry() {
    return read(telemetry);
  }

  @Override
  public void telemetry(TelemetryCatalog value) {
    write(telemetry, value);
  }

  @Override
  public void append(long minute, LogBatch batch) {
    log.setCurrentNamespace(minute);
    try {
      log.add(batch);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  @Override
  public void log(long minute, List<LogBatch> to) {
    log.setCurrentNamespace(minute);
    try {
      Iterable<LogBatch> batches = log.get();
      if (batches != null) {
        batches.forEach(to::add);
      }
    } catch (Exception e) {
      throw failed(e);
    }
  }

  @Override
  public void clearLog(long minute) {
    log.setCurrentNamespace(minute);
    log.clear();
  }

  @Override
  public AccumulatorBlock block(Interval level, long start) {
    return read(of(level, start));
  }

  @Override
  public void block(Interval level, long start, AccumulatorBlock block) {
    write(of(level, start), block);
  }

  @Override
  public void wakeSoon() {
    long now = timers.currentProcessingTime();
    timers.registerProcessingTimeTimer(
        VoidNamespace.INSTANCE, Math.floorDiv(now, STANDSTILL) * STANDSTILL + 2 * STANDSTILL);
  }

  @Override
  public void wakeAt(long watermark) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, watermark);
  }

  private InternalValueState<Long, Long, AccumulatorBlock> of(Interval level, long start) {
    InternalValueState<Long, Long, AccumulatorBlock> state =
        switch (level) {
          case MINUTE -> minutes;
          case FIVE_MINUTES -> fiveMinutes;
          case QUARTER -> quarters;
          case HOUR, DAY ->
              throw new IllegalArgumentException("blocks of " + level + " are not stored");
        };
    state.setCurrentNamespace(start);
    return state;
  }

  static <T> T read(InternalValueState<?, ?, T> state) {
    try {
      return state.value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> void write(InternalValueState<?, ?, T> state, T value) {
    try {
      if (value == null) {
        state.clear();
      } else {
        state.update(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException failed(Exception cause) {
    return new IllegalStateException("keyed state cannot be reached", cause);
  }
}

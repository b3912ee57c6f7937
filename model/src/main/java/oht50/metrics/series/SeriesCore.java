package oht50.metrics.series;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Registration;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * Points in, rollups and raw chunks out, for one key at a time.
 *
 * <p>A batch is only appended to the log of its minute and noted on the agenda; nothing is
 * computed. When the watermark reaches the next early tick, the end of a window, or the instant
 * after a late arrival, a {@link SeriesPass} computes the noted windows anew from their sorted
 * points and publishes what changed. So an arrival decides when an answer is computed, never what
 * it is.
 *
 * <p>A sample before its series' frontier is beyond the horizon: its windows can no longer be
 * computed from state, and it leaves as a {@link LatePoint}.
 *
 * <p>Keeps scratch memory, no state: one instance serves one thread.
 */
public final class SeriesCore {
  private static final Interval[] LEVELS = Interval.values();

  private final SeriesOptions options;
  private final WindowCalendar configured; // days of keys that are no registered robot's
  private final SeriesPass pass;
  private final CatalogRows catalog;
  private final Redefinition redefinition;
  private final SeriesRepair repair;
  private final List<LogBatch> split = new ArrayList<>();

  public SeriesCore(SeriesOptions options) {
    this.options = options;
    this.configured = new WindowCalendar(options.zone());
    this.pass = new SeriesPass(options);
    this.catalog = new CatalogRows(options.expectedIntervals());
    this.redefinition = new Redefinition(options, configured, catalog);
    this.repair = new SeriesRepair(options);
  }

  /** Takes in a batch of the store's key. */
  public void onBatch(SampleBatch batch, long watermark, SeriesStore store, SeriesOutput out) {
    SeriesTable table = store.table();
    if (table == null) {
      table = SeriesTable.EMPTY;
    }
    int[] columns = table.columnsOf(batch.layout());
    if (contains(columns, SeriesTable.UNKNOWN)) {
      table = admit(batch, table, watermark, store, out);
      store.table(table);
      columns = table.columnsOf(batch.layout());
    }
    if (isOfOneMinute(batch) && isWithinHorizon(batch, columns, table)) {
      append(
          minuteOf(batch.timestamp(0)),
          new LogBatch(
              columns, batch.timestamps(), batch.values(), batch.sourceId(), batch.offset()),
          watermark,
          store,
          out);
      return;
    }
    splitByMinute(batch, columns, table, out);
    for (LogBatch part : split) {
      append(minuteOf(part.timestamp(0)), part, watermark, store, out);
    }
    split.clear();
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(long watermark, SeriesStore store, SeriesOutput out) {
    pass.run(watermark, calendar(store), store, out);
  }

  /** To be called a while after {@code wakeSoon}: late samples do not wait for time to go on. */
  public void onStandstill(long watermark, SeriesStore store, SeriesOutput out) {
    pass.runForLateSamples(watermark, calendar(store), store, out);
  }

  /** Takes in what the registry says of the robot of the store's key. */
  public void onRegistration(Registration registration, SeriesStore store, SeriesOutput out) {
    redefinition.by(registration, store, out);
  }

  /**
   * To be called once for each store in which anything is kept, before anything else, when the
   * options have another zone than the one that the store was last used with.
   *
   * @param former that zone
   */
  public void onConfiguredZone(ZoneId former, SeriesStore store, SeriesOutput out) {
    redefinition.byConfiguration(former, store, out);
  }

  /**
   * Takes in what is stored of a series of the store's key, for windows that state cannot compute.
   */
  public void onBackfill(Backfill backfill, long watermark, SeriesStore store, SeriesOutput out) {
    repair.apply(backfill, watermark, calendar(store), store, out);
  }

  private WindowCalendar calendar(SeriesStore store) {
    return KeySettings.calendar(store.settings(), configured, options.zone());
  }

  private SeriesTable admit(
      SampleBatch batch, SeriesTable table, long watermark, SeriesStore store, SeriesOutput out) {
    KeySettings settings = KeySettings.of(store.settings());
    TelemetryCatalog known = TelemetryCatalog.of(store.telemetry());
    TelemetryCatalog telemetry = known;
    SeriesTable admitted = table;
    for (int i = 0; i < batch.size(); i++) {
      Series series = batch.layout().series(i);
      if (admitted.columnOf(series) != SeriesTable.UNKNOWN) {
        continue;
      }
      long incarnation = incarnation(series, batch);
      long span = options.expectedIntervals().chunkSpan(series.name(), options.horizon());
      admitted = admitted.with(series, incarnation, span, watermark);
      if (ExpectedIntervals.comesWithTelemetry(series)) {
        telemetry = telemetry.with(series, batch.timestamp(i));
      }
      out.series(catalog.of(series, incarnation, batch.timestamp(i), settings));
    }
    if (telemetry != known) {
      store.telemetry(telemetry);
    }
    return admitted;
  }

  /**
   * From the position of the first sample. Of counts it is the source alone, which is of the
   * counter's own life in state: which of its seconds is published first depends on the watermark.
   */
  private static long incarnation(Series series, SampleBatch first) {
    return Hash64.id(
        series.kind() == MetricKind.DELTA
            ? "counts of " + first.sourceId()
            : first.sourceId() + "@" + first.offset());
  }

  private void append(
      long minute, LogBatch part, long watermark, SeriesStore store, SeriesOutput out) {
    store.append(minute, part);
    Agenda agenda = store.agenda();
    if (agenda == null) {
      agenda = Agenda.EMPTY;
    }
    long now = Math.max(watermark, agenda.processed());
    boolean isLate = minute + Interval.MINUTE.millis() <= now;
    if (isLate) {
      out.lateSamples(part.size());
    }
    if (agenda.hasDirty(minute)) {
      return;
    }
    Holdings holdings = store.holdings();
    if (holdings == null) {
      holdings = Holdings.EMPTY;
    }
    if (!holdings.hasLog(minute)) {
      store.holdings(holdings.withMinute(minute));
    }
    agenda = agenda.with(Interval.MINUTE, minute, Agenda.DIRTY);
    WindowCalendar calendar = calendar(store);
    for (Interval level : LEVELS) {
      long start = calendar.start(level, minute);
      long end = calendar.end(level, start);
      if (end > now) {
        agenda = agenda.with(level, start, Agenda.OPEN);
        store.wakeAt(end);
      }
    }
    if (isLate) {
      // Its windows are not noted as open: a watermark that begins lower after a restart must not
      // find them open again.
      agenda = agenda.processedUntil(now);
      store.wakeAt(now + 1);
      store.wakeSoon();
    } else if (agenda.nextTick() == Agenda.NONE) {
      long tick = nextTick(now == Long.MIN_VALUE ? minute : now);
      agenda = agenda.withTick(tick);
      store.wakeAt(tick);
    }
    store.agenda(agenda);
  }

  private long nextTick(long now) {
    long cadence = options.earlyCadence().toMillis();
    return Math.floorDiv(now, cadence) * cadence + cadence;
  }

  private void splitByMinute(
      SampleBatch batch, int[] columns, SeriesTable table, SeriesOutput out) {
    int size = batch.size();
    boolean[] taken = new boolean[size];
    for (int i = 0; i < size; i++) {
      if (columns[i] == SeriesTable.COLLISION) {
        Series series = batch.layout().series(i);
        out.collision(series, batch.timestamp(i), batch.sourceId(), batch.offset());
        taken[i] = true;
      } else if (batch.timestamp(i) < table.frontier(columns[i])) {
        out.beyondHorizon(
            new LatePoint(
                table.id(columns[i]),
                batch.timestamp(i),
                batch.values()[i],
                batch.sourceId(),
                batch.offset(),
                table.frontier(columns[i]),
                0,
                0));
        if (batch.timestamp(i) >= table.newest(columns[i])) {
          out.latest(beyondHorizon(batch, i, table, columns[i]));
        }
        taken[i] = true;
      }
    }
    for (int i = 0; i < size; i++) {
      if (!taken[i]) {
        split.add(ofMinute(minuteOf(batch.timestamp(i)), batch, columns, taken));
      }
    }
  }

  /** A silent series ages by the clock, so its newest point may come beyond the horizon. */
  private static LatestPoint beyondHorizon(
      SampleBatch batch, int i, SeriesTable table, int column) {
    return new LatestPoint(
        table.id(column),
        batch.timestamp(i),
        batch.values()[i],
        batch.sourceId(),
        batch.offset(),
        table.incarnation(column),
        LatestPoint.NOTHING,
        0,
        0);
  }

  /** The samples of a minute that are not taken yet; takes them. */
  private static LogBatch ofMinute(long minute, SampleBatch batch, int[] columns, boolean[] taken) {
    int size = batch.size();
    int[] partColumns = new int[size];
    long[] partTimestamps = new long[size];
    double[] partValues = new double[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (!taken[i] && minuteOf(batch.timestamp(i)) == minute) {
        partColumns[count] = columns[i];
        partTimestamps[count] = batch.timestamp(i);
        partValues[count++] = batch.values()[i];
        taken[i] = true;
      }
    }
    return new LogBatch(
        Arrays.copyOf(partColumns, count),
        Arrays.copyOf(partTimestamps, count),
        Arrays.copyOf(partValues, count),
        batch.sourceId(),
        batch.offset());
  }

  private static boolean isOfOneMinute(SampleBatch batch) {
    long minute = minuteOf(batch.timestamp(0));
    for (long timestamp : batch.timestamps()) {
      if (minuteOf(timestamp) != minute) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithinHorizon(SampleBatch batch, int[] columns, SeriesTable table) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] < 0 || batch.timestamp(i) < table.frontier(columns[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(int[] columns, int value) {
    for (int column : columns) {
      if (column == value) {
        return true;
      }
    }
    return false;
  }

  private static long minuteOf(long timestamp) {
    return Math.floorDiv(timestamp, Interval.MINUTE.millis()) * Interval.MINUTE.millis();
  }
}

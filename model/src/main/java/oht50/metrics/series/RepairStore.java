package oht50.metrics.series;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.time.Interval;

/**
 * What is kept for a key, with the points of one series over it in a span that its state no longer
 * holds. Whatever is written stays here, to be taken over or not.
 */
final class RepairStore implements SeriesStore {
  private final SeriesStore below; // null where nothing of the series is kept
  private final int column;
  private final long from;
  private final long until;
  private final Map<Long, LogBatch> points; // minute -> points of the series
  private final Map<Interval, TreeMap<Long, AccumulatorBlock>> written =
      new EnumMap<>(Interval.class); // level -> start -> block

  private SeriesTable table;
  private Agenda agenda;
  private Holdings holdings;

  /**
   * @param below what is kept, or null
   * @param column of the series
   * @param from first ms of the span, start of a quarter
   * @param until first ms after the span, start of a minute
   * @param points of the span by minute
   */
  RepairStore(
      SeriesStore below,
      SeriesTable table,
      int column,
      long from,
      long until,
      TreeMap<Long, LogBatch> points,
      long now) {
    this.below = below;
    this.column = column;
    this.from = from;
    this.until = until;
    this.points = points;
    this.table = table;
    long[] minutes = points.keySet().stream().mapToLong(Long::longValue).toArray();
    this.agenda = Agenda.ofDirtyMinutes(minutes, now);
    Holdings held = below == null || below.holdings() == null ? Holdings.EMPTY : below.holdings();
    this.holdings =
        new Holdings(
            merged(held.minutes(), minutes), held.quarters(), held.logsFrom(), held.daysFrom());
  }

  private static long[] merged(long[] some, long[] others) {
    long[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  void forgetMinutesAfterTheSpan() {
    long[] minutes = holdings.minutes();
    int end = Holdings.firstFrom(minutes, until);
    holdings =
        new Holdings(
            Arrays.copyOf(minutes, end),
            holdings.quarters(),
            holdings.logsFrom(),
            holdings.daysFrom());
  }

  /** Blocks that differ from what is kept, by start. */
  TreeMap<Long, AccumulatorBlock> written(Interval level) {
    return written.computeIfAbsent(level, key -> new TreeMap<>());
  }

  /** Whether a minute says something else here than below. */
  boolean isTouched(long minute) {
    return written(Interval.MINUTE).containsKey(minute) || (minute >= from && minute < until);
  }

  @Override
  public SeriesTable table() {
    return table;
  }

  @Override
  public void table(SeriesTable value) {
    table = value;
  }

  @Override
  public Agenda agenda() {
    return agenda;
  }

  @Override
  public void agenda(Agenda value) {
    agenda = value;
  }

  @Override
  public Holdings holdings() {
    return holdings;
  }

  @Override
  public void holdings(Holdings value) {
    holdings = value;
  }

  @Override
  public KeySettings settings() {
    return below == null ? null : below.settings();
  }

  @Override
  public void settings(KeySettings settings) {
    throw new UnsupportedOperationException("a repair changes no zone");
  }

  @Override
  public TelemetryCatalog telemetry() {
    return below == null ? null : below.telemetry();
  }

  @Override
  public void telemetry(TelemetryCatalog telemetry) {
    throw new UnsupportedOperationException("a repair admits no series");
  }

  @Override
  public void append(long minute, LogBatch batch) {
    throw new UnsupportedOperationException("a repair has all its points from the start");
  }

  @Override
  public void log(long minute, List<LogBatch> to) {
    LogBatch batch = points.get(minute);
    if (batch != null) {
      to.add(batch);
    }
  }

  @Override
  public void clearLog(long minute) {
    throw new UnsupportedOperationException("nothing leaves while a repair is made");
  }

  /** Of the minutes of the span the series' own column is not shown: its points are here. */
  @Override
  public AccumulatorBlock block(Interval level, long start) {
    AccumulatorBlock block = written(level).get(start);
    if (block != null || below == null) {
      return block;
    }
    block = below.block(level, start);
    boolean isRead = level == Interval.MINUTE && start >= from && start < until;
    return isRead && block != null ? block.without(column) : block;
  }

  @Override
  public void block(Interval level, long start, AccumulatorBlock block) {
    written(level).put(start, block);
  }

  @Override
  public void wakeAt(long watermark) {
    // Nothing waits here.
  }

  @Override
  public void wakeSoon() {
    // Nothing waits here.
  }
}

package oht50.metrics.series;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.MetricKind;
import oht50.metrics.time.Interval;

/**
 * Finds the series whose newest point a pass has changed, and publishes it: once, however many
 * points came.
 *
 * <p>Only of a count can the newest point go away again. Then the one before it is the newest; if
 * state holds none, the count says 0, which is true of that second.
 *
 * <p>Scratch memory is kept between passes: one instance serves one thread.
 */
final class NewestPoints {
  private static final long MINUTE = Interval.MINUTE.millis();

  private final SortedPoints points;
  private final List<LogBatch> log = new ArrayList<>();
  private final BitSet changed = new BitSet(); // columns
  private final BitSet retracted = new BitSet(); // columns of which a minute has no point any more
  private long[] times = new long[0]; // column -> of the last point of the newest changed minute
  private double[] values = new double[0];
  private long[] sourceIds = new long[0];
  private long[] offsets = new long[0];

  NewestPoints(SortedPoints scratch) {
    this.points = scratch;
  }

  void begin(SeriesTable table) {
    changed.clear();
    retracted.clear();
    if (times.length < table.columns()) {
      int size = Math.max(table.columns(), 2 * times.length);
      times = new long[size];
      values = new double[size];
      sourceIds = new long[size];
      offsets = new long[size];
    }
  }

  /** The points of a series in a minute have changed; minutes come in order of time. */
  void changed(int column, SortedPoints ofMinute) {
    changed.set(column);
    note(column, ofMinute);
  }

  /** A series has no point in a minute any more. */
  void retracted(int column) {
    retracted.set(column);
  }

  void publish(SeriesTable table, Holdings holdings, SeriesStore store, SeriesOutput out) {
    for (int column = retracted.nextSetBit(0);
        column >= 0;
        column = retracted.nextSetBit(column + 1)) {
      takeNewestLeft(column, table, holdings, store);
      publish(column, table, out);
      changed.clear(column);
    }
    for (int column = changed.nextSetBit(0); column >= 0; column = changed.nextSetBit(column + 1)) {
      if (isNewest(column, table, holdings, store)) {
        publish(column, table, out);
      }
    }
  }

  private boolean isNewest(int column, SeriesTable table, Holdings holdings, SeriesStore store) {
    long newest =
        table.kind(column) == MetricKind.DELTA.code()
            ? newestMinute(column, table, holdings, store)
            : minuteOf(table.newest(column));
    return minuteOf(times[column]) == newest;
  }

  private void takeNewestLeft(int column, SeriesTable table, Holdings holdings, SeriesStore store) {
    long minute = newestMinute(column, table, holdings, store);
    if (minute == SeriesTable.NO_TIME) {
      times[column] = table.newest(column);
      values[column] = 0;
      sourceIds[column] = 0;
      offsets[column] = 0;
      return;
    }
    BitSet wanted = new BitSet();
    wanted.set(column);
    log.clear();
    store.log(minute, log);
    points.load(log, table, wanted);
    note(column, points);
  }

  private void note(int column, SortedPoints from) {
    int last = from.to(column) - 1;
    times[column] = from.timestamp(last);
    values[column] = from.value(last);
    sourceIds[column] = from.sourceId(last);
    offsets[column] = from.offset(last);
  }

  private static long newestMinute(
      int column, SeriesTable table, Holdings holdings, SeriesStore store) {
    long[] minutes = holdings.minutes();
    for (int i = minutes.length - 1; i >= 0 && minutes[i] >= table.frontier(column); i--) {
      AccumulatorBlock block = store.block(Interval.MINUTE, minutes[i]);
      if (block != null && block.indexOf(column) >= 0) {
        return minutes[i];
      }
    }
    return SeriesTable.NO_TIME;
  }

  private void publish(int column, SeriesTable table, SeriesOutput out) {
    out.latest(
        new LatestPoint(
            table.id(column),
            times[column],
            values[column],
            sourceIds[column],
            offsets[column],
            table.incarnation(column),
            table.frontier(column),
            0,
            0));
  }

  private static long minuteOf(long time) {
    return Math.floorDiv(time, MINUTE) * MINUTE;
  }
}

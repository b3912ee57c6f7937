package oht50.metrics.series;

import java.util.Arrays;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * What leaves state, and when.
 *
 * <ul>
 *   <li>A series ages by its own newest event time; one that has not changed for the idle time ages
 *       by the watermark as well. {@code age = newest + max(0, watermark - last change - idle)}
 *   <li>Its frontier is the start of the chunk that holds {@code age - horizon}, later if more than
 *       the allowed points lie behind it: only whole chunks leave, and a sample before the frontier
 *       is beyond the horizon.
 *   <li>A minute's log leaves when no series has a frontier before its end; its block and that of
 *       its five minutes when the quarter above can no longer change; a quarter's block when its
 *       hour and day cannot, and have ended.
 *   <li>A series leaves when it has no point left and no sample within the horizon can reach its
 *       day, so that one that comes back, or a late sample, continues its rows; a counter or a
 *       state not before the day has ended in which what it said expires.
 * </ul>
 *
 * Nothing leaves while points of an open minute have not been folded: a series that has returned
 * still looks silent. A key whose series are all silent is looked at each half hour of the
 * watermark until nothing is left.
 */
final class Retention {
  private static final long LOOK_EVERY = 1_800_000;

  private final long horizon;
  private final int horizonPoints;
  private final long idle;
  private final long expiry;

  Retention(SeriesOptions options) {
    this.horizon = options.horizon().toMillis();
    this.horizonPoints = options.horizonPoints();
    this.idle = options.idle().toMillis();
    this.expiry = options.expiry().toMillis();
  }

  /** How far time has come, and by which days. */
  record Passed(long watermark, WindowCalendar calendar) {
    /** Whether the window around an instant has ended, and no sample can reach it in state. */
    boolean is(Interval level, long instant, long frontier) {
      long end = end(level, instant);
      return end <= watermark && end <= frontier;
    }

    long end(Interval level, long instant) {
      return calendar.end(level, calendar.start(level, instant));
    }
  }

  private static long fiveMinutesOf(long minute) {
    return WindowCalendar.UTC.start(Interval.FIVE_MINUTES, minute);
  }

  /**
   * @param unwrittenFrom start of the oldest minute whose points may not be in their chunk yet: its
   *     chunk does not leave
   */
  void apply(
      long watermark,
      long unwrittenFrom,
      WindowCalendar calendar,
      SeriesTable.Editor editor,
      Holdings before,
      SeriesStore store) {
    SeriesTable table = editor.table();
    Holdings holdings = before;
    if (watermark == Long.MAX_VALUE) { // the end of a bounded input says nothing about age
      store.table(table);
      store.holdings(holdings);
      return;
    }
    if (store.agenda().hasDirty()) { // the table does not know of all points yet
      store.table(table);
      store.holdings(holdings);
      store.wakeAt(nextLook(watermark));
      return;
    }
    for (int column = 0; column < table.columns(); column++) {
      if (!table.isFree(column) && table.newest(column) != Long.MIN_VALUE) {
        moveFrontier(column, watermark, unwrittenFrom, editor, holdings, store);
      }
    }
    long oldest = oldestFrontier(table);
    holdings = dropLogs(oldest, holdings, store);
    Passed passed = new Passed(watermark, calendar);
    holdings = dropBlocks(passed, oldest, editor, holdings, store);
    holdings = dropSeries(passed, editor, holdings, store);

    boolean isEmpty = table.isEmpty() && holdings.isEmpty() && store.agenda().size() == 0;
    store.table(isEmpty ? null : table);
    store.holdings(isEmpty ? null : holdings);
    if (isEmpty) {
      store.agenda(null);
      KeySettings settings = store.settings();
      if (settings != null) {
        store.settings(settings.afterAllHasLeft(holdings.daysFrom()));
      }
    } else {
      store.wakeAt(nextLook(watermark));
    }
  }

  private static long nextLook(long watermark) {
    return Math.floorDiv(watermark, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }

  private void moveFrontier(
      int column,
      long watermark,
      long unwrittenFrom,
      SeriesTable.Editor editor,
      Holdings holdings,
      SeriesStore store) {
    SeriesTable table = editor.table();
    long span = table.span(column);
    long silent =
        table.arrival(column) == Long.MIN_VALUE
            ? 0
            : Math.max(0, watermark - table.arrival(column) - idle);
    long age = table.newest(column) + silent;
    long frontier = Math.floorDiv(age - horizon, span) * span;
    frontier = Math.max(frontier, table.frontier(column));
    if (table.points(column) > horizonPoints) {
      frontier = Math.max(frontier, frontierByPoints(column, table, holdings, store));
    }
    frontier = Math.min(frontier, Math.floorDiv(unwrittenFrom, span) * span);
    if (frontier <= table.frontier(column)) {
      return;
    }
    int evicted = pointsBetween(column, table.frontier(column), frontier, holdings, store);
    editor.pointsEvicted(column, evicted);
    editor.frontier(column, frontier);
  }

  /**
   * The earliest chunk start with at most the allowed points from there on; at least one chunk
   * stays.
   */
  private long frontierByPoints(
      int column, SeriesTable table, Holdings holdings, SeriesStore store) {
    long span = table.span(column);
    long frontier = table.frontier(column);
    int over = table.points(column) - horizonPoints;
    long newestChunk = Math.floorDiv(table.newest(column), span) * span;
    int behind = 0;
    for (long minute : holdings.minutes()) {
      if (minute < table.frontier(column)) {
        continue;
      }
      long chunk = Math.floorDiv(minute, span) * span;
      if (chunk >= newestChunk || (behind >= over && chunk > frontier)) {
        return Math.max(frontier, Math.min(chunk, newestChunk));
      }
      frontier = Math.max(frontier, chunk);
      behind += sizeOf(column, minute, store);
    }
    return frontier;
  }

  private static int pointsBetween(
      int column, long from, long to, Holdings holdings, SeriesStore store) {
    int points = 0;
    for (long minute : holdings.minutes()) {
      if (minute >= from && minute < to) {
        points += sizeOf(column, minute, store);
      }
    }
    return points;
  }

  private static int sizeOf(int column, long minute, SeriesStore store) {
    AccumulatorBlock block = store.block(Interval.MINUTE, minute);
    int at = block == null ? -1 : block.indexOf(column);
    return at < 0 ? 0 : block.sizes[at];
  }

  static long oldestFrontier(SeriesTable table) {
    long oldest = Long.MAX_VALUE;
    for (int column = 0; column < table.columns(); column++) {
      if (!table.isFree(column)) {
        oldest = Math.min(oldest, table.frontier(column));
      }
    }
    return oldest;
  }

  private static Holdings dropLogs(long frontier, Holdings holdings, SeriesStore store) {
    if (frontier <= holdings.logsFrom()) {
      return holdings;
    }
    long from = holdings.logsFrom();
    for (long minute : holdings.minutes()) {
      if (minute >= from && minute + Interval.MINUTE.millis() <= frontier) {
        store.clearLog(minute);
        from = minute + Interval.MINUTE.millis();
      }
    }
    return new Holdings(holdings.minutes(), holdings.quarters(), from, holdings.daysFrom());
  }

  private static Holdings dropBlocks(
      Passed passed,
      long frontier,
      SeriesTable.Editor editor,
      Holdings holdings,
      SeriesStore store) {
    Agenda agenda = store.agenda();
    long[] minutes = holdings.minutes();
    int drop = 0;
    while (drop < minutes.length
        && passed.is(Interval.QUARTER, minutes[drop], frontier)
        && agenda.find(Interval.MINUTE, minutes[drop]) < 0) {
      noteWhatItHandsOn(store.block(Interval.MINUTE, minutes[drop]), editor);
      store.block(Interval.MINUTE, minutes[drop], null);
      store.block(Interval.FIVE_MINUTES, fiveMinutesOf(minutes[drop]), null);
      drop++;
    }
    long[] quarters = holdings.quarters();
    int dropQuarters = 0;
    Holdings left = holdings;
    while (dropQuarters < quarters.length
        && passed.is(Interval.HOUR, quarters[dropQuarters], frontier)
        && passed.is(Interval.DAY, quarters[dropQuarters], frontier)) {
      store.block(Interval.QUARTER, quarters[dropQuarters], null);
      left = left.withDaysFrom(passed.end(Interval.DAY, quarters[dropQuarters]));
      dropQuarters++;
    }
    if (drop == 0 && dropQuarters == 0) {
      return holdings;
    }
    return new Holdings(
        Arrays.copyOfRange(minutes, drop, minutes.length),
        Arrays.copyOfRange(quarters, dropQuarters, quarters.length),
        holdings.logsFrom(),
        left.daysFrom());
  }

  private static void noteWhatItHandsOn(AccumulatorBlock minute, SeriesTable.Editor editor) {
    if (minute == null || minute.carryOver == null) {
      return;
    }
    for (int i = 0; i < minute.size(); i++) {
      int column = minute.columns[i];
      if (minute.hasTimes(i) && editor.table().carriesOver(column)) {
        editor.left(column, minute.lastTimes[i], minute.carryOver.handedOn[i]);
      }
    }
  }

  private Holdings dropSeries(
      Passed passed, SeriesTable.Editor editor, Holdings before, SeriesStore store) {
    SeriesTable table = editor.table();
    Holdings holdings = before;
    for (int column = 0; column < table.columns(); column++) {
      // Counts look at what they let go every half hour: until then they may send an older second.
      long settled = table.frontier(column) - LOOK_EVERY;
      if (!table.isFree(column)
          && !table.hasPoints(column)
          && table.newest(column) < holdings.logsFrom()
          && (!table.carriesOver(column)
              || passed.is(Interval.DAY, table.newest(column) + expiry, settled))
          && passed.is(Interval.HOUR, table.newest(column), settled)
          && passed.is(Interval.DAY, table.newest(column), settled)) {
        // Its days are gone, also where other series keep their quarters.
        long day = table.newest(column);
        if (day != Long.MIN_VALUE) {
          holdings = holdings.withDaysFrom(passed.end(Interval.DAY, day));
        }
        forget(column, holdings, store);
        forgetInCatalog(table.id(column), store);
        editor.remove(column);
      }
    }
    return holdings;
  }

  private static void forgetInCatalog(long series, SeriesStore store) {
    TelemetryCatalog telemetry = store.telemetry();
    if (telemetry == null) {
      return;
    }
    TelemetryCatalog left = telemetry.without(series);
    if (left != telemetry) {
      store.telemetry(left.size() == 0 ? null : left);
    }
  }

  /** Takes a column out of the blocks that other series keep, so that it can be given again. */
  private static void forget(int column, Holdings holdings, SeriesStore store) {
    for (long minute : holdings.minutes()) {
      forget(Interval.MINUTE, minute, column, store);
      forget(Interval.FIVE_MINUTES, fiveMinutesOf(minute), column, store);
    }
    for (long quarter : holdings.quarters()) {
      forget(Interval.QUARTER, quarter, column, store);
    }
  }

  private static void forget(Interval level, long start, int column, SeriesStore store) {
    AccumulatorBlock block = store.block(level, start);
    if (block != null && block.indexOf(column) >= 0) {
      store.block(level, start, block.without(column));
    }
  }
}

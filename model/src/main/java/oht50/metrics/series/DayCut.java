package oht50.metrics.series;

import java.util.BitSet;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * Cuts the held days of a key anew when the zone of its robot changes.
 *
 * <p>Days are made of quarters, which every zone shares, so a day that is held whole has exactly
 * the rows that it would have had, had the zone been known from the start. Of the days before, only
 * their rows are left: they stay as they were cut, the first held day begins where they end, and a
 * repair of the last of them is asked for.
 *
 * <p>What is final is what the last pass has made final; the time at which it changes plays no
 * part.
 */
final class DayCut {
  private static final SeriesWork.Cadences NO_TICKS =
      new SeriesWork.Cadences(Long.MAX_VALUE, Long.MAX_VALUE);

  private final RowForm rows;
  private final LongerWindows longer;

  DayCut(SeriesOptions options) {
    Continuity continuity = new Continuity(options.expiry().toMillis());
    this.rows = new RowForm(continuity);
    this.longer = new LongerWindows(new BlockFold(continuity), rows);
  }

  /** A day that rows were published of, and for which columns. */
  private record Day(long end, BitSet columns) {}

  /**
   * Asks for a repair of the last day that cannot be cut anew, of every series of the key.
   *
   * @param old the calendar by which it was cut
   * @param daysFrom its end
   */
  void askForRepair(WindowCalendar old, long daysFrom, SeriesTable table, SeriesOutput out) {
    long day = old.start(Interval.DAY, daysFrom - 1);
    for (int column = 0; column < table.columns(); column++) {
      if (!table.isFree(column)) {
        out.repair(
            new RepairWindow(
                table.id(column), Interval.DAY, day, Cause.DEFINITION, RepairWindow.UNKNOWN));
      }
    }
  }

  /** Publishes the held days as a calendar has them, and withdraws those of another one. */
  void cut(WindowCalendar old, WindowCalendar calendar, SeriesStore store, SeriesOutput out) {
    Agenda agenda = store.agenda() == null ? Agenda.EMPTY : store.agenda();
    store.holdings(store.holdings() == null ? Holdings.EMPTY : store.holdings());
    cut(old, new SeriesWork(agenda.processed(), NO_TICKS, calendar, store, out, agenda));
  }

  private void cut(WindowCalendar old, SeriesWork work) {
    TreeMap<Long, Day> oldDays = days(old, work);
    TreeMap<Long, Day> newDays = days(work.calendar, work);
    oldDays.forEach(
        (start, day) -> {
          if (!newDays.containsKey(start)) {
            publish(start, day.end, AccumulatorBlock.EMPTY, day.columns, work);
          }
        });
    newDays.forEach(
        (start, day) -> {
          Day before = oldDays.get(start);
          if (before == null || before.end != day.end) {
            BitSet columns = (BitSet) day.columns.clone();
            if (before != null) {
              columns.or(before.columns);
            }
            AccumulatorBlock block = longer.merge(Interval.DAY, start, day.end, work);
            publish(start, day.end, block, columns, work);
          }
        });
    noteOpenDays(work);
  }

  private static TreeMap<Long, Day> days(WindowCalendar calendar, SeriesWork work) {
    TreeMap<Long, Day> days = new TreeMap<>();
    for (long quarter : work.holdings.quarters()) {
      long start = calendar.start(Interval.DAY, quarter);
      Day day =
          days.computeIfAbsent(
              start, key -> new Day(calendar.end(Interval.DAY, start), new BitSet()));
      for (int column : work.store.block(Interval.QUARTER, quarter).columns) {
        day.columns.set(column);
      }
    }
    return days;
  }

  private void publish(
      long start, long end, AccumulatorBlock block, BitSet columns, SeriesWork work) {
    boolean isFinal = end <= work.now;
    rows.publish(Interval.DAY, start, end, block, columns, isFinal, Cause.DEFINITION, work);
  }

  /** The days that have not ended: of what is held, and of minutes that wait for a pass. */
  private static void noteOpenDays(SeriesWork work) {
    Agenda agenda = work.agenda.without(Interval.DAY);
    for (long quarter : work.holdings.quarters()) {
      agenda = withOpenDay(agenda, quarter, work);
    }
    for (int entry = 0; entry < work.agenda.size(); entry++) {
      if (work.agenda.is(entry, Interval.MINUTE)) {
        agenda = withOpenDay(agenda, work.agenda.starts()[entry], work);
      }
    }
    work.store.agenda(agenda);
  }

  private static Agenda withOpenDay(Agenda agenda, long instant, SeriesWork work) {
    long start = work.calendar.start(Interval.DAY, instant);
    long end = work.calendar.end(Interval.DAY, start);
    if (end <= work.now) {
      return agenda;
    }
    work.store.wakeAt(end);
    return agenda.with(Interval.DAY, start, Agenda.OPEN);
  }
}

package oht50.metrics.series;

import java.time.ZoneId;
import java.util.BitSet;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Registration;
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
 * <p>What is final is what the last pass has made final; the time at which a registration comes
 * plays no part.
 */
final class DayCut {
  private static final long NO_TICKS = Long.MAX_VALUE;

  private final ZoneId zone;
  private final WindowCalendar configured;
  private final RowForm rows;
  private final LongerWindows longer;

  DayCut(SeriesOptions options, WindowCalendar configured) {
    this.zone = options.zone();
    this.configured = configured;
    Continuity continuity = new Continuity(options.expiry().toMillis());
    this.rows = new RowForm(continuity);
    this.longer = new LongerWindows(new BlockFold(continuity), rows);
  }

  /** A day that rows were published of, and for which columns. */
  private record Day(long end, BitSet columns) {}

  void apply(Registration registration, SeriesStore store, SeriesOutput out) {
    RobotZones before = RobotZones.of(store.zones());
    if (before.isKnown(registration)) {
      return;
    }
    Holdings holdings = store.holdings() == null ? Holdings.EMPTY : store.holdings();
    RobotZones after = before.with(registration, holdings.daysFrom(), zone);
    WindowCalendar old = RobotZones.calendar(store.zones(), configured, zone);
    if (store.table() == null) {
      store.zones(after.afterAllHasLeft(Long.MIN_VALUE));
      return;
    }
    store.zones(after);
    WindowCalendar calendar = RobotZones.calendar(after, configured, zone);
    if (after.differsFromRegistry(zone)) {
      askForRepair(old.start(Interval.DAY, after.daysFrom() - 1), store.table(), out);
    }
    if (!after.cutsAs(before)) {
      Agenda agenda = store.agenda() == null ? Agenda.EMPTY : store.agenda();
      store.holdings(holdings);
      cut(old, new SeriesWork(agenda.processed(), NO_TICKS, calendar, store, out, agenda));
    }
  }

  private static void askForRepair(long day, SeriesTable table, SeriesOutput out) {
    for (int column = 0; column < table.columns(); column++) {
      if (!table.isFree(column)) {
        out.repair(
            new RepairWindow(
                table.id(column), Interval.DAY, day, Cause.DEFINITION, RepairWindow.UNKNOWN));
      }
    }
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

package oht50.metrics.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * Computes windows whose points have left state from what is stored of their series.
 *
 * <p>The pass that computes everything else computes them: over a {@link RepairStore}, in which the
 * series has its points back. What state holds of their parents is taken over from there, so that
 * later corrections go on from the repaired values; the rows that were asked for, those above them
 * and the next minute in which a counter or a state speaks are published, cause {@code backfill}.
 *
 * <p>A window is computed as far as its points are known: before the series' frontier, and before
 * the instant up to which they are stored as a whole, by the backfill; from the frontier on by what
 * state holds. One that lies between is asked for again, with the frontier of today.
 */
final class SeriesRepair {
  private static final long MINUTE = Interval.MINUTE.millis();
  private static final long QUARTER = Interval.QUARTER.millis();
  private static final Interval[] LEVELS = Interval.values();

  private final SeriesPass pass;
  private final RowForm rows;
  private final long expiry;

  SeriesRepair(SeriesOptions options) {
    this.pass = new SeriesPass(options);
    this.expiry = options.expiry().toMillis();
    this.rows = new RowForm(new Continuity(expiry));
  }

  void apply(
      Backfill backfill,
      long watermark,
      WindowCalendar calendar,
      SeriesStore store,
      SeriesOutput out) {
    SeriesTable table = store.table() == null ? SeriesTable.EMPTY : store.table();
    int column = table.columnOf(backfill.series());
    if (column == SeriesTable.COLLISION) {
      return; // the id is another series', which asks for itself
    }
    boolean isKnown = column >= 0;
    long frontier = isKnown ? table.frontier(column) : RepairWindow.ALL_HAS_LEFT;
    if (backfill.isQuestion()) {
      answer(backfill, frontier, calendar, out);
      return;
    }
    Agenda agenda = store.agenda();
    long now = agenda == null ? watermark : Math.max(watermark, agenda.processed());
    Span span = new Span(calendar, frontier, known(backfill.until(), frontier, now));

    List<RepairWindow> asked = new ArrayList<>();
    for (RepairWindow window : backfill.windows()) {
      if (span.firstNeeded(window) >= backfill.from() && span.end(window) <= span.known) {
        asked.add(window);
      } else {
        out.repair(window.atLeast(frontier));
      }
    }
    if (!asked.isEmpty()) {
      Repair repair = new Repair(backfill, span, now, isKnown ? store : null, column);
      noteDaysThatHaveLeft(repair.run(asked, out), calendar, store);
    }
  }

  /**
   * Days that are published and not held cannot be cut anew, whatever zone the registry may name.
   */
  private static void noteDaysThatHaveLeft(
      List<Long> published, WindowCalendar calendar, SeriesStore store) {
    Holdings holdings = store.holdings() == null ? Holdings.EMPTY : store.holdings();
    long left = Long.MIN_VALUE;
    for (long day : published) {
      long end = calendar.end(Interval.DAY, day);
      int first = Holdings.firstFrom(holdings.quarters(), day);
      boolean isHeld = first < holdings.quarters().length && holdings.quarters()[first] < end;
      left = isHeld ? left : Math.max(left, end);
    }
    if (left == Long.MIN_VALUE) {
      return;
    }
    if (store.table() != null) {
      store.holdings(holdings.withDaysFrom(left));
    } else if (store.zones() != null) {
      store.zones(store.zones().afterAllHasLeft(left));
    }
  }

  /** Says how far state reaches back, as soon as that helps: until then it is asked again. */
  private static void answer(
      Backfill question, long frontier, WindowCalendar calendar, SeriesOutput out) {
    Span span = new Span(calendar, frontier, frontier);
    for (RepairWindow window : question.windows()) {
      if (span.end(window) <= frontier) {
        out.repair(window.atLeast(frontier));
      }
    }
  }

  /** First ms that the backfill does not say as a whole, or that state says itself. */
  private static long known(long until, long frontier, long now) {
    long known = Math.min(Math.min(until, frontier), now);
    if (known == Long.MIN_VALUE) {
      return known;
    }
    known = Math.floorDiv(known, MINUTE) * MINUTE;
    long quarter = Math.floorDiv(known, QUARTER) * QUARTER;
    // The minutes of a quarter are in state only as long as the series' frontier has not passed it.
    return frontier < quarter + QUARTER ? known : quarter;
  }

  /**
   * What is known of time.
   *
   * @param frontier of the series: from here on state knows its points
   * @param known before it the backfill does
   */
  private record Span(WindowCalendar calendar, long frontier, long known) {
    long end(RepairWindow window) {
      return calendar.end(
          window.interval(), calendar.start(window.interval(), window.windowStart()));
    }

    /** Start of what its parents are computed from. */
    long firstNeeded(RepairWindow window) {
      return Math.min(
          calendar.start(Interval.DAY, window.windowStart()),
          calendar.start(Interval.HOUR, window.windowStart()));
    }

    /** Whether there may be points that are neither in the backfill nor in state. */
    boolean hasGap() {
      return frontier >= Math.floorDiv(known, QUARTER) * QUARTER + QUARTER;
    }

    /** Whether all that a window is made of is in the backfill or in state. */
    boolean isWhole(long end) {
      return end <= known || end > frontier;
    }
  }

  /** One series' windows, being repaired. */
  private final class Repair {
    private final Backfill backfill;
    private final Span span;
    private final long now;
    private final SeriesStore kept; // null where nothing of the series is
    private final int column;
    private final SeriesTable table;

    Repair(Backfill backfill, Span span, long now, SeriesStore kept, int columnInState) {
      this.backfill = backfill;
      this.span = span;
      this.now = now;
      this.kept = kept;
      this.table =
          kept == null
              ? SeriesTable.EMPTY.with(backfill.series(), backfill.incarnation(), MINUTE, now)
              : kept.table();
      this.column = kept == null ? table.columnOf(backfill.series()) : columnInState;
    }

    /**
     * @return starts of the days of which it published a row
     */
    List<Long> run(List<RepairWindow> asked, SeriesOutput out) {
      long from = asked.stream().mapToLong(span::firstNeeded).min().orElseThrow();
      RepairStore over =
          new RepairStore(
              kept, onlyTheSeries(from), column, from, span.known, pointsByMinute(from), now);
      if (span.hasGap()) {
        over.forgetMinutesAfterTheSpan(); // what is said last in the span is not what they carry
      }
      List<Rollup> computed = new ArrayList<>();
      SeriesWork work = pass.windowsOnly(now, span.calendar, over, new RowsOnly(computed));
      List<Long> days = publish(asked, computed, work, out);
      if (kept != null) {
        takeOver(over, work);
      }
      return days;
    }

    /** The table for which the series has all its points of the span, and others have none. */
    private SeriesTable onlyTheSeries(long from) {
      SeriesTable.Editor editor = table.edit();
      for (int other = 0; other < table.columns(); other++) {
        editor.frontier(other, other == column ? from : Long.MAX_VALUE);
      }
      long time = backfill.saidTime();
      double value = backfill.saidValue();
      for (int i = Holdings.firstFrom(backfill.timestamps(), from) - 1; i >= 0; i--) {
        if (table.isState(column) || !StaleMarker.is(backfill.values()[i])) {
          time = backfill.timestamps()[i];
          value = backfill.values()[i];
          break;
        }
      }
      editor.edge(column, time, value);
      if (table.heldTime(column) < from && table.heldTime(column) < time) {
        editor.held(column, time, value);
      }
      return editor.table();
    }

    private TreeMap<Long, LogBatch> pointsByMinute(long from) {
      TreeMap<Long, LogBatch> minutes = new TreeMap<>();
      long[] timestamps = backfill.timestamps();
      int end = Holdings.firstFrom(timestamps, span.known);
      int first = Holdings.firstFrom(timestamps, from);
      while (first < end) {
        long minute = Math.floorDiv(timestamps[first], MINUTE) * MINUTE;
        int next = Math.min(end, Holdings.firstFrom(timestamps, minute + MINUTE));
        int[] columns = new int[next - first];
        Arrays.fill(columns, column);
        minutes.put(
            minute,
            new LogBatch(
                columns,
                Arrays.copyOfRange(timestamps, first, next),
                Arrays.copyOfRange(backfill.values(), first, next),
                0,
                0));
        first = next;
      }
      return minutes;
    }

    private List<Long> publish(
        List<RepairWindow> asked, List<Rollup> computed, SeriesWork work, SeriesOutput out) {
      List<Long> days = new ArrayList<>();
      Map<Window, RepairWindow> wanted = new TreeMap<>(); // window -> what it is repaired for
      for (RepairWindow window : asked) {
        want(window.interval(), window.windowStart(), window, wanted);
        if (window.interval() == Interval.MINUTE && table.carriesOver(column)) {
          wantNextThatSpeaks(window, work, wanted, out);
        }
      }
      for (Rollup row : computed) {
        if (row.interval() == Interval.MINUTE && row.windowStart() >= span.known) {
          want(Interval.MINUTE, row.windowStart(), asked.get(0), wanted); // it carries on
        }
      }
      for (Rollup row : computed) {
        RepairWindow reason = wanted.remove(new Window(row.interval(), row.windowStart()));
        if (reason == null) {
          continue;
        }
        if (span.isWhole(row.windowEnd())) {
          out.rollup(row.because(Cause.BACKFILL));
          if (row.interval() == Interval.DAY) {
            days.add(row.windowStart());
          }
        } else {
          askAgain(row.interval(), row.windowStart(), reason, out);
        }
      }
      wanted.forEach((window, reason) -> withoutPoints(window, reason, work, out));
      return days;
    }

    /** A window, and all above it. */
    private void want(
        Interval lowest, long instant, RepairWindow reason, Map<Window, RepairWindow> wanted) {
      for (Interval level : LEVELS) {
        if (level.compareTo(lowest) >= 0) {
          wanted.putIfAbsent(new Window(level, span.calendar.start(level, instant)), reason);
        }
      }
    }

    /** What a counter or a state says in a minute is a part of the next one in which it speaks. */
    private void wantNextThatSpeaks(
        RepairWindow window, SeriesWork work, Map<Window, RepairWindow> wanted, SeriesOutput out) {
      long[] minutes = work.holdings.minutes();
      int from = Holdings.firstFrom(minutes, window.windowStart() + 1);
      for (int i = from; i < minutes.length; i++) {
        AccumulatorBlock block = work.store.block(Interval.MINUTE, minutes[i]);
        int at = block == null ? -1 : block.indexOf(column);
        if (at >= 0 && block.hasTimes(at)) {
          want(Interval.MINUTE, minutes[i], window, wanted);
          return;
        }
      }
      if (span.hasGap() && span.known <= window.windowStart() + MINUTE + expiry) {
        out.repair(window.atLeast(span.frontier)); // it may have spoken in between
      }
    }

    private void withoutPoints(
        Window window, RepairWindow reason, SeriesWork work, SeriesOutput out) {
      long end = span.calendar.end(window.level, window.start);
      if (!span.isWhole(end)) {
        askAgain(window.level, window.start, reason, out);
      } else if (end <= span.known) {
        BitSet only = new BitSet();
        only.set(column);
        rows.publish(
            window.level,
            window.start,
            end,
            AccumulatorBlock.EMPTY,
            only,
            true,
            Cause.BACKFILL,
            work);
      }
    }

    private void askAgain(Interval level, long start, RepairWindow reason, SeriesOutput out) {
      out.repair(new RepairWindow(reason.seriesId(), level, start, reason.cause(), span.frontier));
    }

    /** Takes over what state would hold, had the points come in time. */
    private void takeOver(RepairStore over, SeriesWork work) {
      SeriesTable.Editor editor = table.edit();
      if (table.carriesOver(column)) {
        editor.held(column, work.table.heldTime(column), work.table.heldValue(column));
      }
      Holdings holdings = kept.holdings() == null ? Holdings.EMPTY : kept.holdings();
      holdings = takeOverMinutes(over, work.holdings.minutes(), holdings, editor);
      holdings = takeOverQuarters(over, holdings);
      kept.table(editor.table());
      kept.holdings(holdings);
    }

    private Holdings takeOverMinutes(
        RepairStore over, long[] minutes, Holdings before, SeriesTable.Editor editor) {
      Holdings holdings = before;
      Set<Long> recomputed = quartersStillRecomputed(before);
      long edge = table.edgeTime(column);
      for (long minute : minutes) {
        AccumulatorBlock block = over.block(Interval.MINUTE, minute);
        if (block == null) {
          continue;
        }
        if (isRecomputed(minute, recomputed)) {
          if (over.isTouched(minute)) {
            kept.block(Interval.MINUTE, minute, block);
            holdings = holdings.withBlockOfMinute(minute);
          }
          continue;
        }
        int at = block.indexOf(column);
        if (at >= 0 && table.carriesOver(column) && block.lastTimes[at] >= edge) {
          edge = block.lastTimes[at];
          editor.edge(column, edge, block.carryOver.handedOn[at]);
        }
      }
      over.written(Interval.FIVE_MINUTES)
          .forEach(
              (start, block) -> {
                if (isRecomputed(start, recomputed)) {
                  kept.block(Interval.FIVE_MINUTES, start, block);
                }
              });
      return holdings;
    }

    /**
     * Whether state has all minutes of the series in the quarter around an instant, and so computes
     * it from them: one that is left out leaves the quarter as it is, and one too many would make
     * it of that alone.
     */
    private boolean isRecomputed(long instant, Set<Long> recomputed) {
      long quarter = WindowCalendar.UTC.start(Interval.QUARTER, instant);
      return span.frontier < quarter + QUARTER || recomputed.contains(quarter);
    }

    /** Of those that the frontier has passed: other series keep their minutes in state. */
    private Set<Long> quartersStillRecomputed(Holdings holdings) {
      Set<Long> quarters = new HashSet<>();
      for (long minute : holdings.minutes()) {
        AccumulatorBlock block = kept.block(Interval.MINUTE, minute);
        if (block != null && block.indexOf(column) >= 0) {
          quarters.add(WindowCalendar.UTC.start(Interval.QUARTER, minute));
        }
      }
      return quarters;
    }

    private Holdings takeOverQuarters(RepairStore over, Holdings before) {
      Holdings holdings = before;
      long oldest = Retention.oldestFrontier(table);
      Retention.Passed passed = new Retention.Passed(now, span.calendar);
      for (var quarter : over.written(Interval.QUARTER).entrySet()) {
        long start = quarter.getKey();
        if (Holdings.contains(before.quarters(), start)
            || !passed.is(Interval.HOUR, start, oldest)
            || !passed.is(Interval.DAY, start, oldest)) {
          kept.block(Interval.QUARTER, start, quarter.getValue());
          holdings = holdings.withQuarter(start);
        }
      }
      return holdings;
    }
  }

  private record Window(Interval level, long start) implements Comparable<Window> {
    @Override
    public int compareTo(Window other) {
      int byLevel = level.compareTo(other.level);
      return byLevel != 0 ? byLevel : Long.compare(start, other.start);
    }
  }
}

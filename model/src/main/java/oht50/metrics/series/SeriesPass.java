package oht50.metrics.series;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.PointChunk;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * One pass over what a key has to publish at a watermark.
 *
 * <p>Minutes are folded from their points, longer windows from the level below: 5m of 1m, 15m of
 * 5m, 1h and 1d of 15m. A window is published when it becomes final, whole; before that, and after
 * it, only the series whose points changed. A longer window is published early whenever a minute in
 * it closes. The raw chunks of an open minute have a cadence of their own; what changes in a minute
 * that is final already is in its chunk at once. All of a watermark's changes are computed before
 * any is published upwards, so no window is final with a part of its points.
 */
final class SeriesPass {
  private final Retention retention;
  private final SeriesWork.Cadences cadences;
  private final SortedPoints points = new SortedPoints();
  private final NewestPoints newest = new NewestPoints(points);
  private final BlockFold fold;
  private final RowForm rows;
  private final LongerWindows longer;
  private final List<LogBatch> log = new ArrayList<>();

  SeriesPass(SeriesOptions options) {
    this.cadences = SeriesWork.Cadences.of(options);
    Continuity continuity = new Continuity(options.expiry().toMillis());
    this.fold = new BlockFold(continuity);
    this.rows = new RowForm(continuity);
    this.longer = new LongerWindows(fold, rows);
    this.retention = new Retention(options);
  }

  void run(long watermark, WindowCalendar calendar, SeriesStore store, SeriesOutput out) {
    Agenda agenda = store.agenda();
    if (agenda != null && watermark > agenda.processed()) {
      compute(watermark, calendar, agenda, store, out);
    }
  }

  /** A pass for late samples alone, while the watermark stands still. */
  void runForLateSamples(
      long watermark, WindowCalendar calendar, SeriesStore store, SeriesOutput out) {
    Agenda agenda = store.agenda();
    if (agenda == null) {
      return;
    }
    long now = Math.max(watermark, agenda.processed());
    if (agenda.hasDirtyBefore(now)) {
      compute(now, calendar, agenda, store, out);
    }
  }

  private void compute(
      long watermark, WindowCalendar calendar, Agenda agenda, SeriesStore store, SeriesOutput out) {
    SeriesWork work = new SeriesWork(watermark, cadences, calendar, store, out, agenda);
    windows(work);
    if (work.writesOpenChunks) {
      noteOpenChunks(work);
    } else if (work.hasChangedOpen) {
      store.wakeAt(cadences.nextChunks(watermark));
    }
    chunks(work);
    newest.publish(work.table, work.holdings, store, out);

    long written = work.writesOpenChunks ? watermark : agenda.chunksWritten();
    long tick = work.isTick ? Agenda.NONE : agenda.nextTick();
    store.agenda(agenda.after(watermark, written, tick, work.remaining));
    long unwrittenFrom = work.writesOpenChunks ? Agenda.NONE : agenda.oldestOpenMinute();
    retention.apply(watermark, unwrittenFrom, calendar, work.editor, work.holdings, store);
  }

  /**
   * Computes and publishes the windows that a store's agenda notes, and nothing else of what a pass
   * does: no chunks, and nothing leaves.
   *
   * @return the table as it is afterwards, and the minutes and quarters that have a block
   */
  SeriesWork windowsOnly(
      long watermark, WindowCalendar calendar, SeriesStore store, SeriesOutput out) {
    SeriesWork work = new SeriesWork(watermark, cadences, calendar, store, out, store.agenda());
    windows(work);
    return work;
  }

  private void windows(SeriesWork work) {
    newest.begin(work.table);
    minutesOf(work.agenda).forEach((start, entry) -> minute(entry, work));
    handOn(work);
    TreeMap<Long, BitSet> minutes = publishMinutes(work);
    TreeMap<Long, BitSet> fives = longer.above(minutes, Interval.FIVE_MINUTES, work);
    TreeMap<Long, BitSet> quarters = longer.above(fives, Interval.QUARTER, work);
    longer.above(quarters, Interval.HOUR, work);
    longer.above(quarters, Interval.DAY, work);
  }

  /** Minutes in order of time, because each carries on what the one before it says. */
  private static TreeMap<Long, Integer> minutesOf(Agenda agenda) {
    TreeMap<Long, Integer> entries = new TreeMap<>();
    for (int entry = 0; entry < agenda.size(); entry++) {
      if (agenda.is(entry, Interval.MINUTE)) {
        entries.put(agenda.starts()[entry], entry);
      }
    }
    return entries;
  }

  private void minute(int entry, SeriesWork work) {
    Agenda agenda = work.agenda;
    long start = agenda.starts()[entry];
    boolean isFinal = start + Interval.MINUTE.millis() <= work.now;
    boolean becomesFinal = isFinal && agenda.isOpen(entry);
    boolean folds = agenda.isDirty(entry) && (isFinal || work.isTick);
    if (!folds && !becomesFinal) {
      return;
    }
    work.remaining[entry] = isFinal ? 0 : Agenda.OPEN;
    SeriesWork.Minute minute = new SeriesWork.Minute(new BitSet(), becomesFinal);
    work.minutes.put(start, minute);
    AccumulatorBlock block = work.store.block(Interval.MINUTE, start);
    if (folds) {
      AccumulatorBlock old = block == null ? AccumulatorBlock.EMPTY : block;
      block = fold(start, old, work);
      carryIn(start, old, block, work);
      compare(entry, old, block, minute, work);
      work.store.block(Interval.MINUTE, start, block);
    }
    if (becomesFinal) {
      for (int column : block.columns) {
        minute.published.set(column);
      }
    }
  }

  /** Folds the series whose points are in state; of the others the old columns stay. */
  private AccumulatorBlock fold(long minute, AccumulatorBlock old, SeriesWork work) {
    log.clear();
    work.store.log(minute, log);
    SeriesTable table = work.table;
    BitSet wanted = new BitSet();
    for (int column = 0; column < table.columns(); column++) {
      wanted.set(column, !table.isFree(column) && table.frontier(column) <= minute);
    }
    points.load(log, table, wanted);
    AccumulatorBlock block = fold.ofPoints(points, table);
    return old.size() == 0 ? block : block.withOld(old, column -> !wanted.get(column));
  }

  /** Puts into a folded minute what its counters and states said before it. */
  private void carryIn(long minute, AccumulatorBlock old, AccumulatorBlock block, SeriesWork work) {
    if (block.carryOver == null) {
      return;
    }
    for (int i = 0; i < block.size(); i++) {
      int column = block.columns[i];
      if (!work.table.carriesOver(column) || work.table.frontier(column) > minute) {
        continue;
      }
      int before = old.indexOf(column);
      if (before >= 0 && old.hasTimes(before)) {
        block.carryOver.times[i] = old.carryOver.times[before];
        block.carryOver.values[i] = old.carryOver.values[before];
      } else if (work.table.heldTime(column) < minute) {
        block.carryOver.times[i] = work.table.heldTime(column);
        block.carryOver.values[i] = work.table.heldValue(column);
      } else {
        Said said = saidBefore(minute, column, work);
        block.carryOver.times[i] = said.time;
        block.carryOver.values[i] = said.value;
      }
    }
  }

  /** The newest point of a column, of those that count. */
  private record Said(long time, double value) {}

  /** What a column said last before a minute. */
  private static Said saidBefore(long minute, int column, SeriesWork work) {
    long[] minutes = work.holdings.minutes();
    for (int i = Holdings.firstFrom(minutes, minute) - 1; i >= 0; i--) {
      AccumulatorBlock block = work.store.block(Interval.MINUTE, minutes[i]);
      int at = block == null ? -1 : block.indexOf(column);
      if (at >= 0 && block.hasTimes(at)) {
        if (block.lastTimes[at] < work.table.edgeTime(column)) {
          break; // a repair knows of a later one, whose minute has not come back
        }
        return new Said(block.lastTimes[at], block.carryOver.handedOn[at]);
      }
    }
    return new Said(work.table.edgeTime(column), work.table.edgeValue(column));
  }

  /**
   * Where a minute hands on something else than before, the next minute of that series carries it,
   * and the windows above.
   */
  private static void handOn(SeriesWork work) {
    List<Long> handingOn = List.copyOf(work.minutes.keySet()); // the loop may add others
    for (long start : handingOn) {
      BitSet columns = work.minutes.get(start).handsOn;
      for (int column = columns.nextSetBit(0);
          column >= 0;
          column = columns.nextSetBit(column + 1)) {
        handOn(start, column, work);
      }
    }
  }

  private static void handOn(long minute, int column, SeriesWork work) {
    long[] minutes = work.holdings.minutes();
    long newest = work.table.heldTime(column);
    int from = Holdings.firstFrom(minutes, minute + 1);
    for (int i = from; i < minutes.length && minutes[i] <= newest; i++) {
      long next = minutes[i];
      AccumulatorBlock block = work.store.block(Interval.MINUTE, next);
      int at = block == null ? -1 : block.indexOf(column);
      if (at < 0 || !block.hasTimes(at)) {
        continue;
      }
      Said said = saidBefore(next, column, work);
      if (!block.carryOver.isCarried(at, said.time, said.value)
          || work.minutes.get(minute).contested.get(column)) {
        work.store.block(Interval.MINUTE, next, block.withCarried(at, said.time, said.value));
        if (next + Interval.MINUTE.millis() <= work.now) {
          work.minutes
              .computeIfAbsent(next, key -> new SeriesWork.Minute(new BitSet(), false))
              .published
              .set(column);
        }
      }
      return;
    }
  }

  /**
   * @return of the closed minutes, start -> columns whose values changed or became final
   */
  private TreeMap<Long, BitSet> publishMinutes(SeriesWork work) {
    TreeMap<Long, BitSet> closed = new TreeMap<>();
    work.minutes.forEach(
        (start, minute) -> {
          long end = start + Interval.MINUTE.millis();
          boolean isFinal = end <= work.now;
          AccumulatorBlock block = work.store.block(Interval.MINUTE, start);
          Cause cause = isFinal && !minute.becomesFinal ? Cause.LATE : Cause.ON_TIME;
          rows.publish(Interval.MINUTE, start, end, block, minute.published, isFinal, cause, work);
          if (isFinal) {
            closed.put(start, minute.published);
          }
        });
    return closed;
  }

  /** Finds the columns whose points changed, and notes what follows from it. */
  private void compare(
      int entry,
      AccumulatorBlock old,
      AccumulatorBlock block,
      SeriesWork.Minute minute,
      SeriesWork work) {
    long start = work.agenda.starts()[entry];
    BitSet changed = minute.published;
    if (block.conflicts > old.conflicts) {
      work.out.conflicts(block.conflicts - old.conflicts);
    }
    for (int i = 0; i < block.size(); i++) {
      int column = block.columns[i];
      if (work.table.frontier(column) > start) {
        continue; // taken over from the old block
      }
      int before = old.indexOf(column);
      if (before < 0 || old.digests[before] != block.digests[i]) {
        changed.set(column);
        int size = points.to(column) - points.from(column);
        work.editor.changed(
            column,
            points.timestamp(points.to(column) - 1),
            size - (before < 0 ? 0 : old.sizes[before]),
            work.now);
        newest.changed(column, points);
        if (work.table.carriesOver(column)) {
          noteWhatIsHeld(start, column, old, before, block, i, minute, work);
        }
      }
    }
    for (int i = 0; i < old.size(); i++) {
      if (block.indexOf(old.columns[i]) < 0) {
        changed.set(old.columns[i]); // its points were retracted
        work.noteChunk(old.columns[i], start); // no block will know of it
        work.editor.changed(old.columns[i], Long.MIN_VALUE, -old.sizes[i], work.now);
        newest.retracted(old.columns[i]);
      }
    }
    if (work.agenda.isOpen(entry)) {
      work.hasChangedOpen |= !changed.isEmpty();
      return;
    }
    for (int column = changed.nextSetBit(0); column >= 0; column = changed.nextSetBit(column + 1)) {
      work.noteChunk(column, start);
    }
  }

  private void noteWhatIsHeld(
      long minute,
      int column,
      AccumulatorBlock old,
      int before,
      AccumulatorBlock block,
      int at,
      SeriesWork.Minute of,
      SeriesWork work) {
    long time = block.lastTimes[at];
    double value = block.carryOver.handedOn[at];
    boolean isSame =
        before >= 0
            && old.lastTimes[before] == time
            && Double.doubleToRawLongBits(old.carryOver.handedOn[before])
                == Double.doubleToRawLongBits(value);
    // One that comes back must be handed on again: before a crash another may have been.
    boolean isContested = points.hasContested(column);
    if (isSame && !isContested) {
      return;
    }
    of.handsOn.set(column);
    of.contested.set(column, isContested);
    if (time >= work.table.heldTime(column)) {
      work.editor.held(column, time, value);
    } else if (work.table.heldTime(column) >= minute
        && work.table.heldTime(column) < minute + Interval.MINUTE.millis()) {
      // Its newest point turned out to be the end of the series, so an older one is the newest.
      boolean isTimeless = time == SeriesTable.NO_TIME;
      Said said = isTimeless ? saidBefore(minute, column, work) : new Said(time, value);
      work.editor.held(column, said.time, said.value);
    }
  }

  /**
   * Of the minutes that were open before this pass: all series that have changed since their chunks
   * were written last. A minute becomes final in such a pass, so nothing is left over. A chunk that
   * has left state has been written before.
   */
  private static void noteOpenChunks(SeriesWork work) {
    Agenda agenda = work.agenda;
    for (int entry = 0; entry < agenda.size(); entry++) {
      if (!agenda.is(entry, Interval.MINUTE) || !agenda.isOpen(entry)) {
        continue;
      }
      long minute = agenda.starts()[entry];
      AccumulatorBlock block = work.store.block(Interval.MINUTE, minute);
      for (int i = 0; block != null && i < block.size(); i++) {
        int column = block.columns[i];
        long changed = work.table.arrival(column);
        // The latter where the pass before, of the same watermark, has written chunks.
        boolean waits = changed > agenda.chunksWritten() || changed == work.now;
        if (waits && work.table.frontier(column) <= minute) {
          work.noteChunk(column, minute);
        }
      }
    }
  }

  private void chunks(SeriesWork work) {
    work.chunks.forEach(
        (span, starts) ->
            starts.forEach((start, columns) -> chunk(start, start + span, columns, work)));
  }

  private void chunk(long start, long end, BitSet columns, SeriesWork work) {
    log.clear();
    long[] minutes = work.holdings.minutes();
    for (int i = Holdings.firstFrom(minutes, start); i < minutes.length && minutes[i] < end; i++) {
      work.store.log(minutes[i], log);
    }
    points.load(log, work.table, columns);
    for (int column = columns.nextSetBit(0); column >= 0; column = columns.nextSetBit(column + 1)) {
      int from = points.from(column);
      int[] offsets = new int[points.to(column) - from];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = (int) (points.timestamp(from + i) - start);
      }
      work.out.chunk(
          new PointChunk(
              work.table.id(column),
              start,
              end,
              offsets,
              points.values(column),
              work.table.incarnation(column),
              0,
              0));
    }
  }
}

package oht50.metrics.series;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.time.WindowCalendar;

/** What one pass over a key knows; nothing of it outlives the pass. */
final class SeriesWork {
  final long now;
  final boolean isTick;
  final WindowCalendar calendar;
  final SeriesStore store;
  final SeriesOutput out;
  final Agenda agenda;
  final SeriesTable.Editor editor;
  final SeriesTable table;
  final byte[] remaining; // flags after the pass
  Holdings holdings;

  final TreeMap<Long, Minute> minutes = new TreeMap<>(); // minute -> what becomes of it

  // chunk span -> chunk start -> columns whose points changed
  final Map<Long, Map<Long, BitSet>> chunks = new TreeMap<>();

  SeriesWork(
      long now,
      long cadence,
      WindowCalendar calendar,
      SeriesStore store,
      SeriesOutput out,
      Agenda agenda) {
    this.now = now;
    this.isTick = isTick(agenda.nextTick(), now, cadence);
    this.calendar = calendar;
    this.store = store;
    this.out = out;
    this.agenda = agenda;
    this.editor = store.table().edit();
    this.table = editor.table();
    this.holdings = store.holdings();
    this.remaining = agenda.flags().clone();
  }

  /** One that was set before there was a watermark may lie far ahead of it. */
  private static boolean isTick(long tick, long now, long cadence) {
    return tick <= now || (tick != Agenda.NONE && tick - now > cadence);
  }

  /** What a pass does with a minute. */
  static final class Minute {
    final BitSet published; // columns
    final BitSet handsOn = new BitSet(); // columns that hand on something else than before
    final BitSet contested = new BitSet(); // of these, with a time that was given different values
    final boolean becomesFinal;

    Minute(BitSet published, boolean becomesFinal) {
      this.published = published;
      this.becomesFinal = becomesFinal;
    }
  }
}

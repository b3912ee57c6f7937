package oht50.metrics.series;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.time.WindowCalendar;

/** What one pass over a key knows; nothing of it outlives the pass. */
final class SeriesWork {
  final long now;
  final boolean isTick;
  final boolean writesOpenChunks;
  final WindowCalendar calendar;
  final SeriesStore store;
  final SeriesOutput out;
  final Agenda agenda;
  final SeriesTable.Editor editor;
  final SeriesTable table;
  final byte[] remaining; // flags after the pass
  Holdings holdings;
  boolean hasChangedOpen; // points of a minute that was open before the pass

  final TreeMap<Long, Minute> minutes = new TreeMap<>(); // minute -> what becomes of it

  // chunk span -> chunk start -> columns whose chunk is to be written
  final Map<Long, Map<Long, BitSet>> chunks = new TreeMap<>();

  SeriesWork(
      long now,
      Cadences cadences,
      WindowCalendar calendar,
      SeriesStore store,
      SeriesOutput out,
      Agenda agenda) {
    this.now = now;
    this.isTick = isTick(agenda.nextTick(), now, cadences.early());
    this.writesOpenChunks = cadences.isChunkDue(agenda.chunksWritten(), now);
    this.calendar = calendar;
    this.store = store;
    this.out = out;
    this.agenda = agenda;
    this.editor = store.table().edit();
    this.table = editor.table();
    this.holdings = store.holdings();
    this.remaining = agenda.flags().clone();
  }

  /**
   * How often what is open is published, ms.
   *
   * @param early windows
   * @param chunks raw chunks
   */
  record Cadences(long early, long chunks) {
    static Cadences of(SeriesOptions options) {
      return new Cadences(options.earlyCadence().toMillis(), options.chunkCadence().toMillis());
    }

    /** A second pass at one watermark could not tell its own changes from those of the first. */
    private boolean isChunkDue(long written, long now) {
      return now == written || Math.floorDiv(now, chunks) > Math.floorDiv(written, chunks);
    }

    long nextChunks(long now) {
      return Math.floorDiv(now, chunks) * chunks + chunks;
    }
  }

  /** Notes that a chunk has to be written for a series' points of a minute. */
  void noteChunk(int column, long minute) {
    long span = table.span(column);
    chunks
        .computeIfAbsent(span, key -> new TreeMap<>())
        .computeIfAbsent(Math.floorDiv(minute, span) * span, key -> new BitSet())
        .set(column);
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

package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What a key still has to publish: minutes whose points changed since their last fold, and windows
 * that are not final yet. Mostly one entry per interval. Immutable.
 *
 * @param processed a watermark, of the last pass or of the last late arrival: every window that
 *     ends at or before it is final
 * @param chunksWritten a watermark, of the last pass that wrote the chunks of open minutes
 * @param nextTick event time of the next early publication, or {@link #NONE}
 * @param levels interval codes, parallel to the next two
 * @param starts window starts
 * @param flags of {@link #DIRTY} and {@link #OPEN}
 */
public record Agenda(
    long processed, long chunksWritten, long nextTick, byte[] levels, long[] starts, byte[] flags) {
  public static final Agenda EMPTY =
      new Agenda(
          Long.MIN_VALUE, Long.MIN_VALUE, Agenda.NONE, new byte[0], new long[0], new byte[0]);

  static final long NONE = Long.MAX_VALUE;

  /** Points of the minute changed since it was last folded. */
  static final byte DIRTY = 1;

  /** The window has not been published as final. */
  static final byte OPEN = 2;

  /** An agenda of minutes whose points have to be folded, all of them final. */
  static Agenda ofDirtyMinutes(long[] minutes, long processed) {
    byte[] levels = new byte[minutes.length];
    byte[] flags = new byte[minutes.length];
    Arrays.fill(levels, (byte) Interval.MINUTE.code());
    Arrays.fill(flags, DIRTY);
    return new Agenda(processed, processed, NONE, levels, minutes, flags);
  }

  int size() {
    return starts.length;
  }

  boolean is(int entry, Interval level) {
    return levels[entry] == level.code();
  }

  boolean isDirty(int entry) {
    return (flags[entry] & DIRTY) != 0;
  }

  boolean isOpen(int entry) {
    return (flags[entry] & OPEN) != 0;
  }

  /** Index of a window's entry, or -1. */
  int find(Interval level, long start) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] == start && levels[i] == level.code()) {
        return i;
      }
    }
    return -1;
  }

  /** Start of the oldest minute that has not been published as final, or {@link #NONE}. */
  long oldestOpenMinute() {
    long oldest = NONE;
    for (int entry = 0; entry < size(); entry++) {
      if (is(entry, Interval.MINUTE) && isOpen(entry)) {
        oldest = Math.min(oldest, starts[entry]);
      }
    }
    return oldest;
  }

  /** Whether points of any minute have not been folded. */
  boolean hasDirty() {
    for (byte each : flags) {
      if ((each & DIRTY) != 0) {
        return true;
      }
    }
    return false;
  }

  boolean hasDirty(long minute) {
    int entry = find(Interval.MINUTE, minute);
    return entry >= 0 && isDirty(entry);
  }

  /** Whether points changed of a minute that has ended at an instant. */
  boolean hasDirtyBefore(long instant) {
    for (int entry = 0; entry < size(); entry++) {
      if (isDirty(entry) && starts[entry] + Interval.MINUTE.millis() <= instant) {
        return true;
      }
    }
    return false;
  }

  /** This agenda with flags set on a window. */
  Agenda with(Interval level, long start, int set) {
    int entry = find(level, start);
    if (entry >= 0) {
      byte[] changed = flags.clone();
      changed[entry] |= (byte) set;
      return new Agenda(processed, chunksWritten, nextTick, levels, starts, changed);
    }
    int size = starts.length;
    byte[] moreLevels = Arrays.copyOf(levels, size + 1);
    long[] moreStarts = Arrays.copyOf(starts, size + 1);
    byte[] moreFlags = Arrays.copyOf(flags, size + 1);
    moreLevels[size] = (byte) level.code();
    moreStarts[size] = start;
    moreFlags[size] = (byte) set;
    return new Agenda(processed, chunksWritten, nextTick, moreLevels, moreStarts, moreFlags);
  }

  /** This agenda without any window of a level. */
  Agenda without(Interval level) {
    byte[] remaining = flags.clone();
    for (int entry = 0; entry < size(); entry++) {
      if (is(entry, level)) {
        remaining[entry] = 0;
      }
    }
    return after(processed, chunksWritten, nextTick, remaining);
  }

  Agenda processedUntil(long watermark) {
    return new Agenda(watermark, chunksWritten, nextTick, levels, starts, flags);
  }

  Agenda withTick(long tick) {
    return new Agenda(processed, chunksWritten, tick, levels, starts, flags);
  }

  /** After a pass: entries with the given flags, those of 0 left out. */
  Agenda after(long watermark, long written, long tick, byte[] remaining) {
    int kept = 0;
    for (byte flag : remaining) {
      kept += flag != 0 ? 1 : 0;
    }
    byte[] keptLevels = new byte[kept];
    long[] keptStarts = new long[kept];
    byte[] keptFlags = new byte[kept];
    for (int i = 0, to = 0; i < remaining.length; i++) {
      if (remaining[i] != 0) {
        keptLevels[to] = levels[i];
        keptStarts[to] = starts[i];
        keptFlags[to++] = remaining[i];
      }
    }
    return new Agenda(watermark, written, tick, keptLevels, keptStarts, keptFlags);
  }

  /** Processed, chunks written, next tick, then per entry: level, start, flags. */
  public static final class BinaryForm implements Codec<Agenda> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Agenda agenda, DataOutput out) throws IOException {
      out.writeLong(agenda.processed);
      out.writeLong(agenda.chunksWritten);
      out.writeLong(agenda.nextTick);
      Primitives.writeCount(agenda.size(), out);
      for (int i = 0; i < agenda.size(); i++) {
        out.writeByte(agenda.levels[i]);
        out.writeLong(agenda.starts[i]);
        out.writeByte(agenda.flags[i]);
      }
    }

    @Override
    public Agenda read(int version, DataInput in) throws IOException {
      long processed = in.readLong();
      long chunksWritten = in.readLong();
      long nextTick = in.readLong();
      int size = Primitives.readCount(in);
      byte[] levels = new byte[size];
      long[] starts = new long[size];
      byte[] flags = new byte[size];
      for (int i = 0; i < size; i++) {
        levels[i] = in.readByte();
        starts[i] = in.readLong();
        flags[i] = in.readByte();
      }
      return new Agenda(processed, chunksWritten, nextTick, levels, starts, flags);
    }
  }
}

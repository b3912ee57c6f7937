package oht50.metrics.alerting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * At which ticks the condition of one alert has held since an edge, and how the alert stood at the
 * edge: enough for every state since then to be found again after a verdict is corrected. Ticks are
 * the multiples of an interval since the epoch; a bit each. Immutable.
 */
public final class VerdictLog {
  private static final LongPredicate NONE = tick -> false;

  private final long intervalMillis;
  private final AlertStatus edge; // after the last tick before the first bit
  private final long first; // number of the tick of the first bit
  private final BitSet holds;

  private VerdictLog(long intervalMillis, AlertStatus edge, long first, BitSet holds) {
    this.intervalMillis = intervalMillis;
    this.edge = edge;
    this.first = first;
    this.holds = holds;
  }

  /**
   * Of an alert of which nothing is known.
   *
   * @param tick the first whose verdict can be noted
   */
  public static VerdictLog startingAt(long tick, long intervalMillis) {
    return new VerdictLog(
        intervalMillis, AlertStatus.NONE, number(tick, intervalMillis), new BitSet());
  }

  private static long number(long tick, long intervalMillis) {
    if (Math.floorMod(tick, intervalMillis) != 0) {
      throw new IllegalArgumentException(tick + " is no tick of every " + intervalMillis + " ms");
    }
    return tick / intervalMillis;
  }

  private int bit(long tick) {
    long bit = number(tick, intervalMillis) - first;
    if (bit < 0) {
      throw new IllegalArgumentException(
          tick + " lies before the edge at " + first * intervalMillis);
    }
    return Math.toIntExact(bit);
  }

  /**
   * With the verdict of a tick, which replaces that it had; without one the condition does not
   * hold.
   *
   * @throws IllegalArgumentException if it lies before the edge, or is no tick
   */
  public VerdictLog with(long tick, boolean isHeld) {
    int bit = bit(tick);
    if (holds.get(bit) == isHeld) {
      return this;
    }
    BitSet changed = (BitSet) holds.clone();
    changed.set(bit, isHeld);
    return new VerdictLog(intervalMillis, edge, first, changed);
  }

  public boolean holdsAt(long tick) {
    return holds.get(bit(tick));
  }

  /** The first tick that can be corrected. */
  public long firstTick() {
    return first * intervalMillis;
  }

  /** How the alert stood before the first tick that can be corrected. */
  public AlertStatus edge() {
    return edge;
  }

  /** The newest tick at which the condition held, or {@link AlertStatus#NEVER}. */
  public long newestHeld() {
    return newestHeldBefore(holds.length());
  }

  /** The newest tick not after one at which the condition held, or {@link AlertStatus#NEVER}. */
  public long newestHeld(long tick) {
    return newestHeldBefore(Math.min(tick / intervalMillis - first + 1, holds.length()));
  }

  private long newestHeldBefore(long bit) {
    int held = bit <= 0 ? -1 : holds.previousSetBit((int) bit - 1);
    return held < 0 ? AlertStatus.NEVER : (first + held) * intervalMillis;
  }

  /** The state after a tick. */
  public AlertStatus statusAt(AlertMachine machine, long tick) {
    return statusAt(machine, tick, NONE);
  }

  /**
   * The state after a tick.
   *
   * @param failed ticks at which the rule had no result: an alert stays as it is
   */
  public AlertStatus statusAt(AlertMachine machine, long tick, LongPredicate failed) {
    AlertStatus status = edge;
    int last = bit(tick);
    for (int bit = 0; bit <= last; bit++) {
      status = step(machine, status, bit, failed);
    }
    return status;
  }

  private AlertStatus step(
      AlertMachine machine, AlertStatus status, int bit, LongPredicate failed) {
    long tick = (first + bit) * intervalMillis;
    return failed.test(tick) ? status : machine.step(status, tick, holds.get(bit));
  }

  /**
   * The alert's spans that were not over before the edge, up to a tick and including it, in the
   * order of time.
   */
  public List<AlertSpan> spans(AlertMachine machine, long untilTick) {
    return spans(machine, untilTick, NONE);
  }

  /**
   * The same of a rule that failed at some ticks: there its alerts stayed as they were.
   *
   * @param failed those ticks
   */
  public List<AlertSpan> spans(AlertMachine machine, long untilTick, LongPredicate failed) {
    List<AlertSpan> spans = new ArrayList<>();
    AlertStatus status = edge;
    AlertSpan open = edge.isActive() ? AlertSpan.of(edge) : null;
    int last = bit(untilTick);
    for (int bit = 0; bit <= last; bit++) {
      status = step(machine, status, bit, failed);
      if (status.isActive()) {
        open = AlertSpan.of(status);
      } else if (open != null) {
        spans.add(open.endedAt((first + bit) * intervalMillis));
        open = null;
      }
    }
    if (open != null) {
      spans.add(open);
    }
    return spans;
  }

  /** Without the ticks before one; it says the same of all ticks from there on. */
  public VerdictLog from(AlertMachine machine, long tick) {
    return from(machine, tick, NONE);
  }

  /**
   * The same of a rule that failed at some ticks.
   *
   * @param failed those ticks, at least those before {@code tick}
   */
  public VerdictLog from(AlertMachine machine, long tick, LongPredicate failed) {
    int gone = bit(tick);
    if (gone == 0) {
      return this;
    }
    return new VerdictLog(
        intervalMillis,
        statusAt(machine, tick - intervalMillis, failed),
        first + gone,
        holds.get(gone, Math.max(gone, holds.length())));
  }

  /** Whether it says no more than a new one would, and need not be kept. */
  public boolean isEmpty() {
    return holds.isEmpty() && edge.equals(AlertStatus.NONE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerdictLog log
        && intervalMillis == log.intervalMillis
        && edge.equals(log.edge)
        && first == log.first
        && holds.equals(log.holds);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(first) + holds.hashCode();
  }

  /** Interval, edge, number of the first tick, bits in words of 64. */
  public static final class BinaryForm implements Codec<VerdictLog> {
    private static final long serialVersionUID = 1L;

    private final AlertStatus.BinaryForm statuses = new AlertStatus.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(VerdictLog log, DataOutput out) throws IOException {
      out.writeLong(log.intervalMillis);
      statuses.write(log.edge, out);
      out.writeLong(log.first);
      Primitives.writeLongs(log.holds.toLongArray(), out);
    }

    @Override
    public VerdictLog read(int version, DataInput in) throws IOException {
      return new VerdictLog(
          in.readLong(),
          statuses.read(statuses.version(), in),
          in.readLong(),
          BitSet.valueOf(Primitives.readLongs(in)));
    }
  }
}

package oht50.metrics.rule;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which slices a robot's log has, and what may be found in each: so that a look for an answer, or
 * for a fact that is known already, reads none in vain. Immutable.
 *
 * <p>Sets of rules are bits by the rule's place in the list; the last bit stands for all from the
 * 64th on, and for rules that are gone.
 */
public final class LogIndex {
  public static final LogIndex EMPTY =
      new LogIndex(new long[0], new long[0], new long[0], new long[0], new int[0][]);

  private static final int LAST_BIT = 63;

  private final long[] starts; // ms, ascending
  private final long[] begins; // rules that have a begin in the slice
  private final long[] answers; // rules that have an answer in it
  private final long[] alerts; // rules of which an alert was published whose condition began in it
  private final int[][] facts; // hashes of the facts in it

  private LogIndex(long[] starts, long[] begins, long[] answers, long[] alerts, int[][] facts) {
    this.starts = starts;
    this.begins = begins;
    this.answers = answers;
    this.alerts = alerts;
    this.facts = facts;
  }

  /** The bit of the rule at a place in the list; of a rule that is not in it, place -1. */
  static long bit(int place) {
    return 1L << (place < 0 ? LAST_BIT : Math.min(place, LAST_BIT));
  }

  public boolean isEmpty() {
    return starts.length == 0;
  }

  int size() {
    return starts.length;
  }

  long start(int slice) {
    return starts[slice];
  }

  boolean hasBegins(int slice, long rule) {
    return (begins[slice] & rule) != 0;
  }

  boolean hasAnswers(int slice, long rule) {
    return (answers[slice] & rule) != 0;
  }

  boolean hasAlerts(int slice, long rule) {
    return (alerts[slice] & rule) != 0;
  }

  /** Whether a fact with this hash is in a slice. */
  boolean mayHave(int slice, int hash) {
    for (int each : facts[slice]) {
      if (each == hash) {
        return true;
      }
    }
    return false;
  }

  /** First slice that starts at or after an instant. */
  int firstFrom(long start) {
    int at = Arrays.binarySearch(starts, start);
    return at < 0 ? -at - 1 : at;
  }

  /** Index in which a slice holds something else than before. */
  LogIndex with(long start, long newBegins, long newAnswers, long newAlerts, int[] newFacts) {
    int at = firstFrom(start);
    boolean isNew = at == starts.length || starts[at] != start;
    LogIndex changed = isNew ? opened(at) : resized(starts.length);
    changed.starts[at] = start;
    changed.begins[at] = newBegins;
    changed.answers[at] = newAnswers;
    changed.alerts[at] = newAlerts;
    changed.facts[at] = newFacts;
    return changed;
  }

  LogIndex without(long start) {
    int at = firstFrom(start);
    if (at == starts.length || starts[at] != start) {
      return this;
    }
    LogIndex changed = resized(starts.length - 1);
    int tail = starts.length - at - 1;
    System.arraycopy(starts, at + 1, changed.starts, at, tail);
    System.arraycopy(begins, at + 1, changed.begins, at, tail);
    System.arraycopy(answers, at + 1, changed.answers, at, tail);
    System.arraycopy(alerts, at + 1, changed.alerts, at, tail);
    System.arraycopy(facts, at + 1, changed.facts, at, tail);
    return changed;
  }

  /** A copy with room for one more slice at a place. */
  private LogIndex opened(int at) {
    LogIndex opened = resized(starts.length + 1);
    int tail = starts.length - at;
    System.arraycopy(starts, at, opened.starts, at + 1, tail);
    System.arraycopy(begins, at, opened.begins, at + 1, tail);
    System.arraycopy(answers, at, opened.answers, at + 1, tail);
    System.arraycopy(alerts, at, opened.alerts, at + 1, tail);
    System.arraycopy(facts, at, opened.facts, at + 1, tail);
    return opened;
  }

  private LogIndex resized(int size) {
    return new LogIndex(
        Arrays.copyOf(starts, size),
        Arrays.copyOf(begins, size),
        Arrays.copyOf(answers, size),
        Arrays.copyOf(alerts, size),
        Arrays.copyOf(facts, size));
  }

  /** Columns one after the other. */
  public static final class BinaryForm implements Codec<LogIndex> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LogIndex index, DataOutput out) throws IOException {
      Primitives.writeLongs(index.starts, out);
      Primitives.writeLongs(index.begins, out);
      Primitives.writeLongs(index.answers, out);
      Primitives.writeLongs(index.alerts, out);
      for (int[] hashes : index.facts) {
        Primitives.writeInts(hashes, out);
      }
    }

    @Override
    public LogIndex read(int version, DataInput in) throws IOException {
      long[] starts = Primitives.readLongs(in);
      long[] begins = Primitives.readLongs(in);
      long[] answers = Primitives.readLongs(in);
      long[] alerts = Primitives.readLongs(in);
      int[][] facts = new int[starts.length][];
      for (int i = 0; i < facts.length; i++) {
        facts[i] = Primitives.readInts(in);
      }
      return new LogIndex(starts, begins, answers, alerts, facts);
    }
  }
}

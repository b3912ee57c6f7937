package oht50.metrics.fact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which topics the registry names for the facts of a robot, and since when. A registration replaces
 * what was known from its {@code effective_from} on; without one, and as the first of a robot, it
 * holds for all time. A removal takes all away. Immutable.
 *
 * @param sourceId of the newest registration
 * @param offset of the newest registration
 * @param from first ms of each choice, ascending; empty if the robot is not registered
 * @param missions topics; null where none is named
 * @param safety topics; null where none is named
 */
record SourceHistory(long sourceId, long offset, long[] from, String[] missions, String[] safety) {
  static final SourceHistory NONE =
      new SourceHistory(0, Long.MIN_VALUE, new long[0], new String[0], new String[0]);

  /** This one, if a registration has been taken in before: records of a robot come in order. */
  SourceHistory with(Registration said) {
    if (said.sourceId() == sourceId && said.offset() <= offset) {
      return this;
    }
    if (said.isRemoval()) {
      return new SourceHistory(
          said.sourceId(), said.offset(), NONE.from, NONE.missions, NONE.safety);
    }
    int kept = 0;
    while (kept < from.length && from[kept] < said.effectiveFrom()) {
      kept++;
    }
    long[] times = Arrays.copyOf(from, kept + 1);
    times[kept] = kept == 0 ? Registration.ALWAYS : said.effectiveFrom();
    String[] moreMissions = Arrays.copyOf(missions, kept + 1);
    moreMissions[kept] = said.missionsFrom();
    String[] moreSafety = Arrays.copyOf(safety, kept + 1);
    moreSafety[kept] = said.safetyFrom();
    return new SourceHistory(said.sourceId(), said.offset(), times, moreMissions, moreSafety);
  }

  boolean isNone() {
    return from.length == 0;
  }

  /** Whether a fact is told by the topic that counts for it. */
  boolean counts(RobotFact fact, FactTopics topics) {
    return switch (fact.domain()) {
      case OTHER -> true;
      case MISSION -> isOf(at(missions, fact.timestamp()), topics.missions(), fact);
      case SAFETY -> isOf(at(safety, fact.timestamp()), topics.safety(), fact);
    };
  }

  private static boolean isOf(String named, String otherwise, RobotFact fact) {
    String topic = named == null ? otherwise : named;
    return Position.sourceId(topic, (int) fact.sourceId()) == fact.sourceId();
  }

  private String at(String[] topics, long timestamp) {
    int at = from.length - 1;
    while (at >= 0 && from[at] > timestamp) {
      at--;
    }
    return at < 0 ? null : topics[at];
  }

  /** Source, offset, instants, and a topic of each kind per instant. */
  static final class BinaryForm implements Codec<SourceHistory> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SourceHistory history, DataOutput out) throws IOException {
      out.writeLong(history.sourceId);
      out.writeLong(history.offset);
      Primitives.writeLongs(history.from, out);
      for (int i = 0; i < history.from.length; i++) {
        Primitives.writeText(history.missions[i], out);
        Primitives.writeText(history.safety[i], out);
      }
    }

    @Override
    public SourceHistory read(int version, DataInput in) throws IOException {
      long sourceId = in.readLong();
      long offset = in.readLong();
      long[] from = Primitives.readLongs(in);
      String[] missions = new String[from.length];
      String[] safety = new String[from.length];
      for (int i = 0; i < from.length; i++) {
        missions[i] = Primitives.readText(in);
        safety[i] = Primitives.readText(in);
      }
      return new SourceHistory(sourceId, offset, from, missions, safety);
    }
  }
}

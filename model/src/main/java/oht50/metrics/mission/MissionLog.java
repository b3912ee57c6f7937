package oht50.metrics.mission;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import oht50.metrics.model.Hash64;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What is known of a mission. Immutable.
 *
 * @param life of the mission in state, from the position of the first fact that came
 * @param facts by {@link MissionFact#BY_TIME}, each (status, timestamp) once
 * @param judged the highest watermark at which answers were given: whether a queued mission has
 *     aged out is decided by it
 * @param arrival watermark at the last fact, or at the first look since
 * @param version number of publications; the position by which a newer answer replaces an older one
 */
public record MissionLog(
    long life, List<MissionFact> facts, long judged, long arrival, int version) {
  /**
   * A source that tells the same status again and again must not fill the state: beyond so many
   * facts those that repeat both their neighbours' status are let go.
   */
  static final int MANY_FACTS = 256;

  /** The log of a mission that begins with a fact, without it. */
  static MissionLog startingWith(MissionFact first) {
    long life = Hash64.id("mission since " + first.sourceId() + "@" + first.offset());
    return new MissionLog(life & Long.MAX_VALUE, List.of(), Long.MIN_VALUE, Long.MIN_VALUE, 0);
  }

  /** This log with one more fact, or one less, or itself if that says nothing new. */
  MissionLog with(MissionFact fact) {
    int at = Collections.binarySearch(facts, fact, MissionFact.BY_TIME);
    List<MissionFact> more = new ArrayList<>(facts.size() + 1);
    more.addAll(facts);
    if (fact.standing() == MissionFact.Standing.WITHDRAWN) {
      if (at < 0) {
        return this;
      }
      more.remove(at);
    } else if (at >= 0) {
      MissionFact both = facts.get(at).and(fact);
      if (both.equals(facts.get(at))) {
        return this;
      }
      more.set(at, both);
    } else {
      more.add(-at - 1, fact);
    }
    return new MissionLog(
        life,
        more.size() > MANY_FACTS ? withoutRepeats(more) : List.copyOf(more),
        judged,
        arrival,
        version);
  }

  private static List<MissionFact> withoutRepeats(List<MissionFact> facts) {
    List<MissionFact> kept = new ArrayList<>(facts.size());
    for (int i = 0; i < facts.size(); i++) {
      boolean isRepeat =
          i > 0
              && i < facts.size() - 1
              && facts.get(i - 1).status() == facts.get(i).status()
              && facts.get(i + 1).status() == facts.get(i).status();
      if (!isRepeat) {
        kept.add(facts.get(i));
      }
    }
    return List.copyOf(kept);
  }

  MissionLog judgedAt(long watermark) {
    return watermark <= judged ? this : new MissionLog(life, facts, watermark, arrival, version);
  }

  /** After a restart the watermark begins low, and the mission is no older for it. */
  MissionLog arrivedAt(long watermark) {
    return new MissionLog(life, facts, judged, Math.max(arrival, watermark), version);
  }

  MissionLog published() {
    return new MissionLog(life, facts, judged, arrival, version + 1);
  }

  /** Whether the first fact that names a robot is told by the topic that counts for it. */
  boolean counts() {
    for (MissionFact fact : facts) {
      if (fact.robot() != null) {
        return fact.standing() == MissionFact.Standing.COUNTS;
      }
    }
    return true;
  }

  /** Event time of the newest fact; Long.MIN_VALUE if none stands. */
  long newest() {
    return facts.isEmpty() ? Long.MIN_VALUE : facts.get(facts.size() - 1).timestamp();
  }

  /** Life, facts, judged, arrival, version. */
  public static final class BinaryForm implements Codec<MissionLog> {
    private static final long serialVersionUID = 1L;

    private final Codec<MissionFact> facts = new MissionFact.BinaryForm();

    @Override
    public int version() {
      return 2;
    }

    @Override
    public Codec<MissionLog> duplicate() {
      return new BinaryForm();
    }

    @Override
    public void write(MissionLog log, DataOutput out) throws IOException {
      out.writeLong(log.life);
      Primitives.writeCount(log.facts.size(), out);
      for (MissionFact fact : log.facts) {
        facts.write(fact, out);
      }
      out.writeLong(log.judged);
      out.writeLong(log.arrival);
      out.writeInt(log.version);
    }

    /** Its version and that of its facts are the same. */
    @Override
    public MissionLog read(int version, DataInput in) throws IOException {
      long life = in.readLong();
      int size = Primitives.readCount(in);
      List<MissionFact> read = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        read.add(facts.read(version, in));
      }
      return new MissionLog(life, List.copyOf(read), in.readLong(), in.readLong(), in.readInt());
    }
  }
}

package oht50.metrics.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;

/**
 * A rule set, and whether it was found good.
 *
 * @param version see {@link #versionOf}; {@link #CONFIGURED} for the files of the configuration
 * @param arrivedAt when it came, ms
 * @param isAccepted whether it is evaluated from its instant on; else those before it stay
 */
public record RuleSetEntry(long version, RuleSet set, long arrivedAt, boolean isAccepted) {
  /** Of the configuration's files, which hold until a set comes by its topic. */
  public static final long CONFIGURED = 0;

  /** The first set of the topic is version 1. */
  public static long versionOf(Position position) {
    return position.offset() + 1;
  }

  /** A set that came by the topic. */
  public static RuleSetEntry told(RuleSet set, long arrivedAt, boolean isAccepted) {
    return new RuleSetEntry(versionOf(set.source()), set, arrivedAt, isAccepted);
  }

  /** Version, set, time of arrival, whether it is good. */
  public static final class BinaryForm implements Codec<RuleSetEntry> {
    private static final long serialVersionUID = 1L;

    private final Codec<RuleSet> sets = new RuleSet.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RuleSetEntry entry, DataOutput out) throws IOException {
      out.writeLong(entry.version);
      sets.write(entry.set, out);
      out.writeLong(entry.arrivedAt);
      out.writeBoolean(entry.isAccepted);
    }

    @Override
    public RuleSetEntry read(int version, DataInput in) throws IOException {
      return new RuleSetEntry(
          in.readLong(), sets.read(sets.version(), in), in.readLong(), in.readBoolean());
    }
  }
}

package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What is in state of a part, and how far it has been evaluated. Immutable.
 *
 * @param version of the rules that were known when it was last looked at
 * @param frontier nothing older is taken in, ms; Long.MIN_VALUE before the first watermark
 * @param evaluated all ticks up to it have been, ms; Long.MIN_VALUE for none
 * @param newest time of the newest point taken in, ms
 * @param slices their starts, ascending
 * @param rules ids of rules of which something is kept
 * @param late not to be changed
 */
public record PartIndex(
    long version,
    long frontier,
    long evaluated,
    long newest,
    long[] slices,
    long[] rules,
    LateTicks late) {

  /** Version, frontier, evaluated, newest, slices, rules, late ticks. */
  public static final class BinaryForm implements Codec<PartIndex> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PartIndex index, DataOutput out) throws IOException {
      out.writeLong(index.version);
      out.writeLong(index.frontier);
      out.writeLong(index.evaluated);
      out.writeLong(index.newest);
      Primitives.writeLongs(index.slices, out);
      Primitives.writeLongs(index.rules, out);
      index.late.write(out);
    }

    @Override
    public PartIndex read(int version, DataInput in) throws IOException {
      return new PartIndex(
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          Primitives.readLongs(in),
          Primitives.readLongs(in),
          LateTicks.read(in));
    }
  }
}

package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;

/**
 * The answer to a {@link SeriesAsk}.
 *
 * @param askedAt of the ask
 */
public record SeriesVerdict(long key, long seriesId, boolean isAdmitted, long askedAt) {
  public static final class BinaryForm implements Codec<SeriesVerdict> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SeriesVerdict verdict, DataOutput out) throws IOException {
      out.writeLong(verdict.key);
      out.writeLong(verdict.seriesId);
      out.writeBoolean(verdict.isAdmitted);
      out.writeLong(verdict.askedAt);
    }

    @Override
    public SeriesVerdict read(int version, DataInput in) throws IOException {
      return new SeriesVerdict(in.readLong(), in.readLong(), in.readBoolean(), in.readLong());
    }
  }
}

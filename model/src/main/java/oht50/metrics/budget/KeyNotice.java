package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;

/**
 * What the gate hears of a key besides its samples: the one or the other.
 *
 * @param verdict on one of its series, or null
 * @param passing what goes through to the series operator: a registration or a backfill; or null
 */
public record KeyNotice(SeriesVerdict verdict, SeriesInput passing) {
  public static KeyNotice of(SeriesVerdict verdict) {
    return new KeyNotice(verdict, null);
  }

  public static KeyNotice of(SeriesInput passing) {
    return new KeyNotice(null, passing);
  }

  public long key() {
    return verdict != null ? verdict.key() : passing.key();
  }

  /** Whether it is a verdict, and that or what passes. */
  public static final class BinaryForm implements Codec<KeyNotice> {
    private static final long serialVersionUID = 1L;
    private final SeriesVerdict.BinaryForm verdicts = new SeriesVerdict.BinaryForm();
    private final Codecs.SeriesInputCodec inputs = new Codecs.SeriesInputCodec();

    @Override
    public Codec<KeyNotice> duplicate() {
      return new BinaryForm();
    }

    @Override
    public int version() {
      return 4;
    }

    @Override
    public void write(KeyNotice notice, DataOutput out) throws IOException {
      out.writeBoolean(notice.verdict != null);
      if (notice.verdict != null) {
        verdicts.write(notice.verdict, out);
      } else {
        inputs.write(notice.passing, out);
      }
    }

    @Override
    public KeyNotice read(int version, DataInput in) throws IOException {
      return in.readBoolean()
          ? of(verdicts.read(verdicts.version(), in))
          : of(inputs.read(inputs.version(), in));
    }
  }
}

package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Registration;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;

/**
 * What the gate hears of a key besides its samples: the one or the other.
 *
 * @param verdict on one of its series, or null
 * @param registration of its robot, which passes through, or null
 */
public record KeyNotice(SeriesVerdict verdict, Registration registration) {
  public static KeyNotice of(SeriesVerdict verdict) {
    return new KeyNotice(verdict, null);
  }

  public static KeyNotice of(Registration registration) {
    return new KeyNotice(null, registration);
  }

  public long key() {
    return verdict != null ? verdict.key() : registration.key();
  }

  /** Whether it is a verdict, and that or the registration. */
  public static final class BinaryForm implements Codec<KeyNotice> {
    private static final long serialVersionUID = 1L;
    private final SeriesVerdict.BinaryForm verdicts = new SeriesVerdict.BinaryForm();
    private final Codecs.RegistrationCodec registrations = new Codecs.RegistrationCodec();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(KeyNotice notice, DataOutput out) throws IOException {
      out.writeBoolean(notice.verdict != null);
      if (notice.verdict != null) {
        verdicts.write(notice.verdict, out);
      } else {
        registrations.write(notice.registration, out);
      }
    }

    @Override
    public KeyNotice read(int version, DataInput in) throws IOException {
      return in.readBoolean()
          ? of(verdicts.read(verdicts.version(), in))
          : of(registrations.read(registrations.version(), in));
    }
  }
}

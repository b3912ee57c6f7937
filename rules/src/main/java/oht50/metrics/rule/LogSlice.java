package oht50.metrics.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Event;
import oht50.metrics.publication.IssuedAlert;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.Primitives;

/**
 * Ten seconds of event time of one robot: their events, and what was published of the alerts whose
 * condition began in them.
 *
 * <p>Kept as the bytes that a checkpoint writes: a checkpoint copies them, and the collector sees
 * one object in the place of hundreds.
 */
public final class LogSlice {
  private static final Codec<Event> EVENT = new Codecs.EventCodec();
  private static final Codec<IssuedAlert> ALERT = new IssuedAlert.BinaryForm();

  private final byte[] packed;

  private LogSlice(byte[] packed) {
    this.packed = packed;
  }

  static LogSlice of(List<Event> events, List<IssuedAlert> alerts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 + 96 * events.size());
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      writeAll(events, EVENT, out);
      writeAll(alerts, ALERT, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new LogSlice(bytes.toByteArray());
  }

  /** Reads both lists out of the bytes; the caller may change them. */
  Content content() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed));
    try {
      return new Content(readAll(EVENT, in), readAll(ALERT, in));
    } catch (IOException e) {
      throw new UncheckedIOException("a slice of a robot's log cannot be read", e);
    }
  }

  /** What a slice holds, in no order. */
  record Content(List<Event> events, List<IssuedAlert> alerts) {}

  private static <T> void writeAll(List<T> values, Codec<T> codec, DataOutput out)
      throws IOException {
    out.writeByte(codec.version());
    Primitives.writeCount(values.size(), out);
    for (T value : values) {
      codec.write(value, out);
    }
  }

  private static <T> List<T> readAll(Codec<T> codec, DataInput in) throws IOException {
    int version = in.readByte();
    int count = Primitives.readCount(in);
    List<T> values = new ArrayList<>(count + 1);
    for (int i = 0; i < count; i++) {
      values.add(codec.read(version, in));
    }
    return values;
  }

  /** The bytes behind their count; the versions of events and alerts are in them. */
  public static final class BinaryForm implements Codec<LogSlice> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LogSlice slice, DataOutput out) throws IOException {
      Primitives.writeCount(slice.packed.length, out);
      out.write(slice.packed);
    }

    @Override
    public LogSlice read(int version, DataInput in) throws IOException {
      byte[] packed = new byte[Primitives.readCount(in)];
      in.readFully(packed);
      return new LogSlice(packed);
    }
  }
}

package oht50.metrics.level;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * From an instant on a level is different. A change is taken back by its opposite at the same
 * instant.
 *
 * @param form how changes make a level; the same for all changes of a series
 * @param timestamp event time, ms
 * @param part what is counted
 * @param whole of a share, out of how many
 */
public record LevelChange(Form form, Series series, long timestamp, long part, long whole) {
  /** How changes make a level. The codes are persisted and never reused. */
  public enum Form {
    /** All parts so far. */
    TOTAL(1),
    /** Parts by wholes, of the changes of the last while. */
    SHARE(2);

    private final int code;

    Form(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Form ofCode(int code) {
      for (Form form : values()) {
        if (form.code == code) {
          return form;
        }
      }
      throw new IllegalArgumentException("unknown form code " + code);
    }
  }

  /** Form, name, labels and kind of the series, timestamp, part, whole. */
  public static final class BinaryForm implements Codec<LevelChange> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LevelChange change, DataOutput out) throws IOException {
      out.writeByte(change.form.code());
      Primitives.writeText(change.series.name(), out);
      Primitives.writeLabels(change.series.labels(), out);
      out.writeByte(change.series.kind().code());
      out.writeLong(change.timestamp);
      out.writeLong(change.part);
      out.writeLong(change.whole);
    }

    @Override
    public LevelChange read(int version, DataInput in) throws IOException {
      Form form = Form.ofCode(in.readByte());
      String name = Primitives.readText(in);
      Labels labels = Primitives.readLabels(in);
      MetricKind kind = MetricKind.ofCode(in.readByte());
      return new LevelChange(
          form, Series.of(name, labels, kind), in.readLong(), in.readLong(), in.readLong());
    }
  }
}

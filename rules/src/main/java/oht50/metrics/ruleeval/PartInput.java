package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.Primitives;

/**
 * What comes to a part: samples, or what other parts have handed on to it.
 *
 * @param part {@link oht50.metrics.ruleplan.PlanName#partOf}
 * @param samples or null
 * @param recorded empty where there are samples
 */
public record PartInput(String part, SampleBatch samples, List<RecordedPoint> recorded) {
  public PartInput {
    recorded = List.copyOf(recorded);
  }

  static PartInput of(String part, SampleBatch samples) {
    return new PartInput(part, samples, List.of());
  }

  public static PartInput of(String part, List<RecordedPoint> recorded) {
    return new PartInput(part, null, recorded);
  }

  /** The part, and one or the other. */
  public static final class BinaryForm implements Codec<PartInput> {
    private static final long serialVersionUID = 1L;

    private final Codec<SampleBatch> batches;
    private final RecordedPoint.BinaryForm points = new RecordedPoint.BinaryForm();

    public BinaryForm() {
      this(new Codecs.SampleBatchCodec());
    }

    private BinaryForm(Codec<SampleBatch> batches) {
      this.batches = batches;
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<PartInput> duplicate() {
      return new BinaryForm(batches.duplicate());
    }

    @Override
    public void write(PartInput input, DataOutput out) throws IOException {
      Primitives.writeText(input.part, out);
      out.writeBoolean(input.samples != null);
      if (input.samples != null) {
        batches.write(input.samples, out);
      } else {
        Primitives.writeAll(input.recorded, points, out);
      }
    }

    @Override
    public PartInput read(int version, DataInput in) throws IOException {
      String part = Primitives.readText(in);
      return in.readBoolean()
          ? of(part, batches.read(batches.version(), in))
          : of(part, Primitives.readAll(points, in));
    }
  }
}

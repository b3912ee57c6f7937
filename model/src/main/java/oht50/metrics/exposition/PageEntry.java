package oht50.metrics.exposition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A series of the page, as it is kept.
 *
 * @param tally everything that came together so far
 * @param shown of a count: the highest value it has had on the page. A count that was corrected
 *     downwards stays there until it has grown past it, because Prometheus takes a fall for a
 *     restart and adds the whole value again.
 * @param bounds of the buckets that observations are counted in; empty of any other
 */
public record PageEntry(Tally tally, double shown, List<Double> bounds) {
  static PageEntry of(Tally first) {
    boolean isHistogram = first.form() == Tally.Form.OBSERVATIONS;
    return new PageEntry(
        first, shown(first, 0), isHistogram ? SeedMetrics.named(first.name()).bounds() : List.of());
  }

  PageEntry plus(Tally more) {
    Tally sum = tally.plus(more);
    return new PageEntry(sum, shown(sum, shown), bounds);
  }

  private static double shown(Tally tally, double before) {
    return tally.form() == Tally.Form.INCREMENT ? Math.max(before, tally.value()) : 0;
  }

  /** Tally, the shown value (raw bits), bounds. */
  public static final class BinaryForm implements Codec<PageEntry> {
    private static final long serialVersionUID = 1L;
    private static final Tally.BinaryForm TALLIES = new Tally.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PageEntry entry, DataOutput out) throws IOException {
      TALLIES.write(entry.tally, out);
      Primitives.writeDouble(entry.shown, out);
      Primitives.writeDoubles(
          entry.bounds.stream().mapToDouble(Double::doubleValue).toArray(), out);
    }

    @Override
    public PageEntry read(int version, DataInput in) throws IOException {
      return new PageEntry(
          TALLIES.read(TALLIES.version(), in),
          Primitives.readDouble(in),
          DoubleStream.of(Primitives.readDoubles(in)).boxed().toList());
    }
  }
}

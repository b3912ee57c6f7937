package oht50.metrics.exposition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A series of the page, as it is kept.
 *
 * @param tally everything that came together so far
 * @param shown of a count: the highest value it has had on the page. A count that was corrected
 *     downwards stays there until it has grown past it, because Prometheus takes a fall for a
 *     restart and adds the whole value again.
 */
public record PageEntry(Tally tally, double shown) {
  static PageEntry of(Tally first) {
    return new PageEntry(first, shown(first, 0));
  }

  PageEntry plus(Tally more) {
    Tally sum = tally.plus(more);
    return new PageEntry(sum, shown(sum, shown));
  }

  private static double shown(Tally tally, double before) {
    return tally.form() == Tally.Form.INCREMENT ? Math.max(before, tally.value()) : 0;
  }

  /** Tally, then the shown value (raw bits). */
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
    }

    @Override
    public PageEntry read(int version, DataInput in) throws IOException {
      return new PageEntry(TALLIES.read(TALLIES.version(), in), Primitives.readDouble(in));
    }
  }
}

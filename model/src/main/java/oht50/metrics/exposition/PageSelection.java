package oht50.metrics.exposition;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/** Takes out of batches what is on the page. Per record: what a layout has there is remembered. */
public final class PageSelection {
  private static final int REMEMBERED = 8_192;

  /** The selected places of a layout, and the layout that they make; null for none. */
  private record Part(int[] places, SeriesLayout layout) {}

  private static final Part NOTHING = new Part(new int[0], null);

  private final Map<SeriesLayout, Part> parts = new HashMap<>();

  /** The samples that are on the page, or null. */
  public SampleBatch of(SampleBatch batch) {
    Part part = parts.get(batch.layout());
    if (part == null) {
      part = part(batch.layout());
      if (parts.size() >= REMEMBERED) {
        parts.clear();
      }
      parts.put(batch.layout(), part);
    }
    if (part.places.length == 0) {
      return null;
    }
    return part.places.length == batch.size() ? batch : take(batch, part);
  }

  private static Part part(SeriesLayout layout) {
    int[] places =
        IntStream.range(0, layout.size())
            .filter(i -> Placement.of(layout.series(i)) != null)
            .toArray();
    return places.length == 0
        ? NOTHING
        : new Part(
            places,
            SeriesLayout.of(IntStream.of(places).mapToObj(layout::series).toArray(Series[]::new)));
  }

  private static SampleBatch take(SampleBatch batch, Part part) {
    double[] values = new double[part.places.length];
    long[] timestamps = new long[batch.timestamps().length == 1 ? 1 : values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.values()[part.places[i]];
      if (i < timestamps.length) {
        timestamps[i] = batch.timestamp(part.places[i]);
      }
    }
    return new SampleBatch(part.layout, timestamps, values, batch.sourceId(), batch.offset());
  }
}

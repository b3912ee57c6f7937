package oht50.metrics.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Takes the samples of some series out of batches. What a layout has of them is remembered. */
public final class SampleFilter {
  private static final int REMEMBERED = 8_192;

  /** The selected places of a layout, and the layout that they make; null for none. */
  private record Part(int[] places, SeriesLayout layout) {}

  private static final Part NOTHING = new Part(new int[0], null);

  private final Predicate<Series> wanted;
  private final Map<SeriesLayout, Part> parts = new HashMap<>();

  public SampleFilter(Predicate<Series> wanted) {
    this.wanted = wanted;
  }

  /** The wanted samples, the batch itself if all are, or null. */
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
    return part.places.length == batch.size() ? batch : batch.only(part.places, part.layout);
  }

  private Part part(SeriesLayout layout) {
    int[] places =
        IntStream.range(0, layout.size()).filter(i -> wanted.test(layout.series(i))).toArray();
    return places.length == 0
        ? NOTHING
        : new Part(
            places,
            SeriesLayout.of(IntStream.of(places).mapToObj(layout::series).toArray(Series[]::new)));
  }
}

package oht50.metrics.source.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import oht50.metrics.model.SeriesLayout;

/**
 * Layouts of an entity's messages by the set of series that are present, so that a message of a
 * shape seen before builds no text. Bounded: the least recently used layout goes first.
 */
final class LayoutCache {
  /** Builds the layout of an entity with the series whose bits are set, in the order of bits. */
  interface Builder {
    SeriesLayout build(String entity, long present);
  }

  private record Shape(String entity, long present) {}

  private final Builder builder;
  // shape -> layout, least recently used first
  private final Map<Shape, SeriesLayout> layouts;

  LayoutCache(int capacity, Builder builder) {
    this.builder = builder;
    this.layouts =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Shape, SeriesLayout> eldest) {
            return size() > capacity;
          }
        };
  }

  SeriesLayout get(String entity, long present) {
    Shape shape = new Shape(entity, present);
    SeriesLayout layout = layouts.get(shape);
    if (layout == null) {
      layout = builder.build(entity, present);
      layouts.put(shape, layout);
    }
    return layout;
  }

  int size() {
    return layouts.size();
  }
}

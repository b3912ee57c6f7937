package oht50.metrics.exposition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/**
 * Samples summed up by series of the page until they are drained: however many robots report, what
 * travels on is one tally per series.
 */
public final class Tallies {
  private static final int REMEMBERED = 8_192;

  private record Key(Tally.Form form, String name, Labels labels) {}

  // layout -> place of each of its series, null where it has none
  private final Map<SeriesLayout, Placement[]> places = new HashMap<>();
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  /** A sample of a delta series is an increment of its count here, not the count. */
  public void add(SampleBatch batch) {
    Placement[] placements = placements(batch.layout());
    for (int i = 0; i < placements.length; i++) {
      if (placements[i] != null) {
        add(placements[i], batch.timestamp(i), batch.values()[i]);
      }
    }
  }

  private void add(Placement place, long timestamp, double value) {
    if (StaleMarker.is(value) && place.form() != Tally.Form.LEVEL) {
      return;
    }
    tallies.merge(
        new Key(place.form(), place.metric().name(), place.labels()),
        Tally.of(place, timestamp, value),
        Tally::plus);
  }

  private Placement[] placements(SeriesLayout layout) {
    Placement[] placements = places.get(layout);
    if (placements == null) {
      placements = new Placement[layout.size()];
      for (int i = 0; i < placements.length; i++) {
        placements[i] = Placement.of(layout.series(i));
      }
      if (places.size() >= REMEMBERED) {
        places.clear();
      }
      places.put(layout, placements);
    }
    return placements;
  }

  public boolean isEmpty() {
    return tallies.isEmpty();
  }

  /** What came together since the last time. */
  public List<Tally> drain() {
    List<Tally> drained = new ArrayList<>(tallies.values());
    tallies.clear();
    return drained;
  }
}

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

  /**
   * @param time of tallies that do not come together with those of other times; 0 otherwise
   */
  private record Key(Tally.Form form, String name, Labels labels, long time) {
    static Key of(Tally tally) {
      long time = tally.form().isOfATime() ? tally.timestamp() : 0;
      return new Key(tally.form(), tally.name(), tally.labels(), time);
    }
  }

  // layout -> places of each of its series
  private final Map<SeriesLayout, List<List<Placement>>> places = new HashMap<>();
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  /** A sample of a delta series is an increment of its count here, not the count. */
  public void add(SampleBatch batch) {
    List<List<Placement>> placements = placements(batch.layout());
    for (int i = 0; i < placements.size(); i++) {
      for (Placement place : placements.get(i)) {
        add(place, batch.timestamp(i), batch.values()[i]);
      }
    }
  }

  private void add(Placement place, long timestamp, double value) {
    if (StaleMarker.is(value) && place.form() != Tally.Form.LEVEL) {
      return;
    }
    Tally tally = Tally.of(place, timestamp, value);
    tallies.merge(Key.of(tally), tally, Tally::plus);
  }

  private List<List<Placement>> placements(SeriesLayout layout) {
    List<List<Placement>> placements = places.get(layout);
    if (placements == null) {
      placements = new ArrayList<>(layout.size());
      for (int i = 0; i < layout.size(); i++) {
        placements.add(Placement.allOf(layout.series(i)));
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

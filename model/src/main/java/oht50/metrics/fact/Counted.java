package oht50.metrics.fact;

import java.util.LinkedHashMap;
import java.util.Map;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/**
 * What the facts of one instant add to results, as far as they count.
 *
 * @param events by the fact's id
 * @param missionFacts by the fact's id; of those that do not count, that they do not
 * @param samples of several facts for one place, that of the highest position
 */
record Counted(
    Map<Long, Event> events,
    Map<Long, MissionFact> missionFacts,
    Map<Count, Occurrence> counts,
    Map<Place, Double> samples) {
  /** One fact in one count. */
  record Count(SeriesLayout series, long naturalKey) {}

  /** Where a sample lies. */
  record Place(Series series, long timestamp) {}

  static Counted of(FactsOfInstant instant, SourceHistory history, FactTopics topics) {
    Counted all =
        new Counted(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (RobotFact fact : instant.facts()) {
      boolean counts = history.counts(fact, topics);
      if (fact.missionFact() != null) {
        all.missionFacts.put(
            fact.id(),
            fact.missionFact()
                .standing(
                    counts ? MissionFact.Standing.COUNTS : MissionFact.Standing.TOLD_ELSEWHERE));
      }
      if (counts) {
        all.add(fact);
      }
    }
    return all;
  }

  private void add(RobotFact fact) {
    if (fact.event() != null) {
      events.put(fact.id(), fact.event());
    }
    for (Occurrence occurrence : fact.counted()) {
      counts.put(new Count(occurrence.series(), occurrence.naturalKey()), occurrence);
    }
    for (SampleBatch batch : fact.samples()) {
      for (int i = 0; i < batch.size(); i++) {
        samples.put(new Place(batch.layout().series(i), batch.timestamp(i)), batch.values()[i]);
      }
    }
  }

  /**
   * What leads from what was said to this.
   *
   * @param sourceId and version: the position of samples that change
   */
  void since(Counted said, long sourceId, long version, FactOutput out) {
    said.events.forEach(
        (id, event) -> {
          if (!events.containsKey(id)) {
            out.event(event.withdrawn());
          }
        });
    changed(said.events, events).values().forEach(out::event);
    said.missionFacts.forEach(
        (id, fact) -> {
          if (!missionFacts.containsKey(id)) {
            out.missionFact(fact.standing(MissionFact.Standing.WITHDRAWN));
          }
        });
    changed(said.missionFacts, missionFacts).values().forEach(out::missionFact);
    // What no longer counts first: of two counts of one second the last is the right one.
    said.counts.forEach(
        (count, occurrence) -> {
          if (!counts.containsKey(count)) {
            out.counted(occurrence.withdrawn());
          }
        });
    counts.forEach(
        (count, occurrence) -> {
          if (!said.counts.containsKey(count)) {
            out.counted(occurrence);
          }
        });
    said.samples
        .keySet()
        .forEach(
            place -> {
              if (!samples.containsKey(place)) {
                // In no aggregate: as if the sample had never been.
                out.sample(sample(place, StaleMarker.VALUE, sourceId, version), false);
              }
            });
    changed(said.samples, samples)
        .forEach(
            (place, value) ->
                out.sample(
                    sample(place, value, sourceId, version), !said.samples.containsKey(place)));
  }

  private static <K, V> Map<K, V> changed(Map<K, V> before, Map<K, V> after) {
    Map<K, V> changed = new LinkedHashMap<>(after);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return changed;
  }

  private static SampleBatch sample(Place place, double value, long sourceId, long version) {
    return new SampleBatch(
        SeriesLayout.of(place.series()),
        new long[] {place.timestamp()},
        new double[] {value},
        sourceId,
        version);
  }
}

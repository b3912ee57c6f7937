package oht50.metrics.source.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/** Samples of one record in batches of one key each; a series may be in a batch more than once. */
final class SampleGroups {
  private record Sample(Series series, long timestamp, double value) {}

  // key of the series -> its samples, in the order of the record
  private final Map<Long, List<Sample>> groups = new LinkedHashMap<>();

  private int size;

  void add(Series series, long timestamp, double value) {
    groups
        .computeIfAbsent(series.key(), key -> new ArrayList<>())
        .add(new Sample(series, timestamp, value));
    size++;
  }

  /** How many samples there are. */
  int size() {
    return size;
  }

  void emit(Draft draft) {
    for (List<Sample> samples : groups.values()) {
      draft.samples(
          SeriesLayout.of(samples.stream().map(Sample::series).toList()),
          samples.stream().mapToLong(Sample::timestamp).toArray(),
          samples.stream().mapToDouble(Sample::value).toArray());
    }
  }
}

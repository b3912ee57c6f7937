package oht50.metrics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import org.junit.jupiter.api.Test;

class OccurrenceCounterTest {
  private static final long T = 1_795_546_200_000L;
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "R"), MetricKind.DELTA);
  private static final Series ALL = Series.of("all", Labels.of("robot_id", "R"), MetricKind.DELTA);

  private final MapCountStore store = new MapCountStore();
  private final List<SampleBatch> batches = new ArrayList<>();
  private final List<Occurrence> beyond = new ArrayList<>();
  private final Map<Series, Double> totals = new HashMap<>();
  private final OccurrenceCounter counter =
      new OccurrenceCounter(Duration.ofHours(2), Duration.ofMinutes(30));
  private final CountOutput out =
      new CountOutput() {
        @Override
        public void counts(SampleBatch batch) {
          batches.add(batch);
        }

        @Override
        public void increments(SampleBatch batch) {
          for (int i = 0; i < batch.size(); i++) {
            totals.merge(batch.layout().series(i), batch.values()[i], Double::sum);
          }
        }

        @Override
        public void beyondHorizon(Occurrence occurrence) {
          beyond.add(occurrence);
        }
      };
  private long watermark = Long.MIN_VALUE;

  @Test
  void distinctFactsOfASecondAreCountedOnceItEnds() {
    occur(1, T + 10, STOPS);
    occur(2, T + 900, STOPS);
    occur(1, T + 10, STOPS);
    occur(3, T + 1_000, STOPS);
    assertThat(batches).isEmpty();

    watermark(T + 1_000);

    assertThat(batches).hasSize(1);
    assertThat(counts()).isEqualTo(Map.of(T, 2.0));
  }

  @Test
  void aLateFactReplacesThePublishedCount() {
    occur(1, T, STOPS);
    watermark(T + 5_000);
    occur(2, T + 1, STOPS);

    assertThat(batches).hasSize(2);
    assertThat(batches.get(1).offset()).isGreaterThan(batches.get(0).offset());
    assertThat(counts()).isEqualTo(Map.of(T, 2.0));
    assertThat(totals).as("increments sum up to the counts").isEqualTo(Map.of(STOPS, 2.0));
  }

  @Test
  void aKeyThatSpokeBeforeThereWasAWatermarkIsNoOlderThanItsNewestFact() {
    occur(1, T + 7_200_000, STOPS);
    occur(2, T + 4_000_000, STOPS);
    watermark(T + 7_260_000);
    occur(3, T + 300_000, STOPS);

    assertThat(beyond).isEmpty();
  }

  @Test
  void aRestartMakesAKeyNoOlder() {
    watermark(T + 7_200_000);
    occur(1, T + 3_600_000, STOPS);
    watermark = Long.MIN_VALUE;
    occur(2, T, STOPS);
    watermark(T + 7_260_000);
    occur(3, T, STOPS);

    assertThat(beyond).isEmpty();
  }

  @Test
  void aRepeatedLateFactChangesNothing() {
    occur(1, T, STOPS);
    watermark(T + 5_000);
    occur(1, T, STOPS);

    assertThat(batches).hasSize(1);
  }

  @Test
  void aFactMayCountInSeveralSeries() {
    occur(1, T, STOPS, ALL);
    occur(2, T, ALL);
    watermark(T + 1_000);

    assertThat(batches.get(0).values()).containsExactly(1, 2);
  }

  @Test
  void aFactBeyondTheHorizonIsHandedOver() {
    occur(1, T, STOPS);
    occur(2, T + 3 * 3_600_000, STOPS);
    occur(3, T, STOPS);

    assertThat(beyond).hasSize(1);
  }

  @Test
  void aWatermarkThatJumpsOverTheHorizonLosesNoCount() {
    watermark(T);
    occur(1, T + 24 * 3_600_000, STOPS);

    watermark(T + 48 * 3_600_000);

    assertThat(counts()).isEqualTo(Map.of(T + 24 * 3_600_000, 1.0));
  }

  @Test
  void factsOfManyHoursWhileTheWatermarkStandsStillAreAllCounted() {
    watermark(T);
    occur(1, T + 1_000, STOPS);
    occur(2, T + 5 * 3_600_000, STOPS);
    watermark(T + 6 * 3_600_000);

    assertThat(counts()).isEqualTo(Map.of(T + 1_000, 1.0, T + 5 * 3_600_000, 1.0));
  }

  @Test
  void aCountDoesNotBeginAnewWhileItsSeriesMayBeInState() {
    occur(1, T, STOPS);
    occur(2, T, STOPS);
    watermark(T + 4 * 3_600_000);
    assertThat(store.seconds).isEmpty();

    occur(3, T, STOPS);

    assertThat(counts()).isEqualTo(Map.of(T, 2.0));
    assertThat(beyond).hasSize(1);
  }

  @Test
  void countsThatBeginWithAnotherFactAreOfAnotherLife() {
    occur(1, T, STOPS);
    watermark(T + 1_000);
    MapCountStore empty = new MapCountStore();
    counter.onOccurrence(
        new Occurrence(SeriesLayout.of(STOPS), 2, T + 500, 0, 1), watermark, empty, out);

    assertThat(batches).hasSize(2);
    assertThat(batches.get(1).sourceId()).isNotEqualTo(batches.get(0).sourceId());
  }

  @Test
  void silenceLeavesNothingInState() {
    occur(1, T, STOPS);
    occur(2, T + 61_000, STOPS);
    watermark(T + 62_000);
    watermark(T + 4 * 3_600_000);
    assertThat(store.seconds).isEmpty();

    watermark(T + 48 * 3_600_000);

    assertThat(store.index).isNull();
    assertThat(store.wakeUps).isEmpty();
  }

  private Map<Long, Double> counts() {
    Map<Long, Double> counts = new TreeMap<>();
    batches.forEach(batch -> counts.put(batch.timestamp(0), batch.values()[0]));
    return counts;
  }

  private void occur(long naturalKey, long timestamp, Series... series) {
    counter.onOccurrence(
        new Occurrence(SeriesLayout.of(series), naturalKey, timestamp, 0, 0),
        watermark,
        store,
        out);
  }

  private void watermark(long to) {
    watermark = to;
    while (!store.wakeUps.isEmpty() && store.wakeUps.first() <= to) {
      counter.onWatermark(store.wakeUps.pollFirst(), to, store, out);
    }
  }
}

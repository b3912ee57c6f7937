package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Labels;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.Test;

class NewestPointsTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = 1_795_521_600_000L; // 2026-11-24T12:00:00Z
  private static final long TOPIC = 7;

  private static final Series TEMPERATURE = Series.gauge("t", "robot_id", "R");
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "R"), MetricKind.DELTA);

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private final SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS);
  private long watermark = Long.MIN_VALUE;

  private void send(Series series, long at, double value, long offset) {
    core.onBatch(
        new SampleBatch(
            SeriesLayout.of(series), new long[] {at}, new double[] {value}, TOPIC, offset),
        watermark,
        store,
        tables);
  }

  private void watermark(long reached) {
    watermark = reached;
    while (!store.wakeUps().isEmpty() && store.wakeUps().first() <= reached) {
      store.wakeUps().pollFirst();
      core.onWatermark(reached, store, tables);
    }
  }

  private LatestPoint latest(Series series) {
    return tables.latest.get(series.id());
  }

  @Test
  void isPublishedOnceAtTheCadenceHoweverManyPointsCame() {
    for (int second = 1; second < 10; second++) {
      send(TEMPERATURE, NOON + second * SECOND, second, second);
    }
    assertThat(latest(TEMPERATURE)).isNull();
    watermark(NOON + 10 * SECOND);

    assertThat(tables.latestPublished).isEqualTo(1);
    assertThat(latest(TEMPERATURE).timestamp()).isEqualTo(NOON + 9 * SECOND);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(9);
    assertThat(latest(TEMPERATURE).sourceId()).isEqualTo(TOPIC);
    assertThat(latest(TEMPERATURE).offset()).isEqualTo(9);
  }

  @Test
  void lateSampleThatIsOlderPublishesNothing() {
    send(TEMPERATURE, NOON + 5 * MINUTE, 5, 1);
    watermark(NOON + 10 * MINUTE);
    send(TEMPERATURE, NOON, 1, 2);
    watermark(NOON + 11 * MINUTE);

    assertThat(tables.latestPublished).isEqualTo(1);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(5);
  }

  @Test
  void correctionOfTheNewestTimeReplacesItsValue() {
    send(TEMPERATURE, NOON, 5, 2);
    watermark(NOON + 10 * MINUTE);
    send(TEMPERATURE, NOON, 4, 1);
    watermark(NOON + 11 * MINUTE);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(5);

    send(TEMPERATURE, NOON, 6, 3);
    watermark(NOON + 12 * MINUTE);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(6);
  }

  @Test
  void endOfASeriesIsItsNewestPoint() {
    send(TEMPERATURE, NOON, 5, 1);
    send(TEMPERATURE, NOON + SECOND, StaleMarker.VALUE, 2);
    watermark(NOON + 10 * MINUTE);

    assertThat(latest(TEMPERATURE).timestamp()).isEqualTo(NOON + SECOND);
    assertThat(StaleMarker.is(latest(TEMPERATURE).value())).isTrue();
  }

  @Test
  void retractedCountGivesWayToTheOneBeforeIt() {
    send(STOPS, NOON, 2, 1);
    send(STOPS, NOON + 5 * MINUTE, 1, 1);
    watermark(NOON + 10 * MINUTE);
    send(STOPS, NOON + 5 * MINUTE, 0, 2);
    watermark(NOON + 11 * MINUTE);

    assertThat(latest(STOPS).timestamp()).isEqualTo(NOON);
    assertThat(latest(STOPS).value()).isEqualTo(2);

    send(STOPS, NOON + SECOND, 3, 1);
    watermark(NOON + 12 * MINUTE);
    assertThat(latest(STOPS).timestamp()).isEqualTo(NOON + SECOND);
  }

  @Test
  void theOnlyCountThatIsRetractedSaysThatThereWasNothing() {
    send(STOPS, NOON, 2, 1);
    watermark(NOON + 10 * MINUTE);
    send(STOPS, NOON, 0, 2);
    watermark(NOON + 11 * MINUTE);

    assertThat(latest(STOPS).timestamp()).isEqualTo(NOON);
    assertThat(latest(STOPS).value()).isZero();
  }

  @Test
  void newestPointOfASilentSeriesMayComeBeyondTheHorizon() {
    send(TEMPERATURE, NOON, 1, 1);
    for (int hours = 1; hours <= 8; hours++) {
      watermark(NOON + hours * HOUR);
    }
    send(TEMPERATURE, NOON + MINUTE, 2, 2);

    assertThat(tables.late).hasSize(1);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(2);
    assertThat(latest(TEMPERATURE).isLate()).isTrue();

    send(TEMPERATURE, NOON - MINUTE, 3, 3);
    assertThat(tables.late).hasSize(2);
    assertThat(latest(TEMPERATURE).value()).isEqualTo(2);
  }

  @Test
  void everyOrderOfArrivalEndsInTheSamePoint() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      order.add(i);
    }
    for (int seed = 1; seed <= 50; seed++) {
      NewestPointsTest one = new NewestPointsTest();
      Collections.shuffle(order, new Random(seed));
      for (int i = 0; i < order.size(); i++) {
        int point = order.get(i);
        // Each time twice, with another value.
        one.send(TEMPERATURE, NOON + (point / 2) * 2 * MINUTE, point, point);
        if (i % 7 == 0) {
          one.watermark(NOON + HOUR + i * MINUTE);
        }
      }
      one.watermark(NOON + 4 * HOUR);
      assertThat(one.latest(TEMPERATURE).timestamp()).isEqualTo(NOON + 58 * MINUTE);
      assertThat(one.latest(TEMPERATURE).value()).isEqualTo(59);
    }
  }
}

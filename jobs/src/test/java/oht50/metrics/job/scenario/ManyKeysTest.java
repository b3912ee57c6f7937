package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.HOUR;
import static oht50.metrics.job.scenario.Instants.MINUTE;
import static oht50.metrics.job.scenario.Instants.NOON;
import static oht50.metrics.job.scenario.Instants.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/** More keys than the series operator keeps objects of (1,024): it forgets some and reads again. */
class ManyKeysTest {
  private static final int KEYS = 1_600;
  private static final int ROUNDS = 4;

  private final List<Series> series = new ArrayList<>();
  private final SeriesScenario scenario = scenario();

  @Test
  void everyKeyHasItsRowsAndARestartChangesNone() throws Exception {
    SeriesTables straight = scenario.run(Way.straight());

    assertRows(straight);
    for (Way.Backend backend : Way.Backend.values()) {
      Way way = Way.restartedHalfway(backend, scenario.size());
      assertThat(scenario.run(way).lines()).as(way.name()).isEqualTo(straight.lines());
    }
  }

  /** In each round all keys speak, half of them in the opposite order, some of them late. */
  private SeriesScenario scenario() {
    for (int key = 0; key < KEYS; key++) {
      series.add(Series.gauge("load", "robot_id", "R" + key));
    }
    SeriesScenario rounds = new SeriesScenario();
    for (int round = 0; round < ROUNDS; round++) {
      long start = NOON + round * 30 * SECOND;
      for (int i = 0; i < KEYS; i++) {
        int key = round % 2 == 0 ? i : KEYS - 1 - i;
        rounds.sample(series.get(key), start + key, value(key, round));
      }
      rounds.watermark(start + 20 * SECOND);
    }
    rounds.watermark(NOON + 10 * MINUTE);
    for (int key = 0; key < KEYS; key += 3) {
      rounds.sample(series.get(key), NOON + 10 * SECOND, 0.5);
    }
    return rounds.watermark(NOON + 11 * MINUTE).silence(NOON + HOUR);
  }

  private static double value(int key, int round) {
    return key * 10.0 + round;
  }

  private void assertRows(SeriesTables tables) {
    for (int key = 0; key < KEYS; key++) {
      boolean isLate = key % 3 == 0;
      Rollup first = tables.row(series.get(key), Interval.MINUTE, NOON);
      assertThat(first.count()).as("key " + key).isEqualTo(isLate ? 3 : 2);
      assertThat(first.sum())
          .as("key " + key)
          .isEqualTo((isLate ? 0.5 : 0) + value(key, 0) + value(key, 1));
      Rollup hour = tables.row(series.get(key), Interval.HOUR, NOON);
      assertThat(hour.count()).as("key " + key).isEqualTo(isLate ? 5 : 4);
      assertThat(hour.last()).as("key " + key).isEqualTo(value(key, 3));
      assertThat(tables.revision(series.get(key), Interval.HOUR, NOON)).isZero();
      assertThat(tables.incarnations(series.get(key))).as("key " + key).isEqualTo(1);
    }
  }
}

package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;
import org.junit.jupiter.api.Test;

/** What rules say of what the job itself counts, second by second. */
class CountedSeriesTest {
  private static final long T = 1_795_546_200_000L; // a tick
  private static final long TICK = 15_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final Duration HORIZON = Duration.ofMinutes(30);
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "r1"), MetricKind.DELTA);

  private List<RuleGroup> groups;
  private PartDriver part;
  private long offset;

  @Test
  void anEventInTheFirstSecondIsAnIncreaseAtTheNextTick() {
    rules("- {alert: Stopped, expr: 'increase(stops[5m]) > 0'}");
    count(T + 1_000, 1);

    passTo(T + TICK);

    assertThat(part.standing()).hasSize(1);
    assertThat(part.transitions.get(0).activeAt()).isEqualTo(T + TICK);
    assertThat(part.transitions.get(0).value()).isEqualTo(1);
  }

  @Test
  void theTotalStillStandsThreeQuietHoursLaterAndIsGoneADayAfterTheLastCount() {
    rules("- {record: total, expr: stops}");
    count(T, 2);
    count(T + MINUTE, 3);

    passTo(T + MINUTE + 26 * HOUR);

    assertThat(recorded().get(T)).isEqualTo(2);
    assertThat(recorded().get(T + 3 * HOUR)).isEqualTo(5);
    assertThat(recorded().get(T + MINUTE + 24 * HOUR - TICK)).isEqualTo(5);
    assertThat(recorded().lastKey()).isEqualTo(T + MINUTE + 24 * HOUR);
    assertThat(StaleMarker.is(recorded().lastEntry().getValue())).isTrue();
    assertThat(part.store().isEmpty()).isTrue();
  }

  @Test
  void aCountHoursLaterIsAddedToTheTotalAndOneADayLaterBeginsANewOne() {
    rules("- {record: total, expr: stops}");
    count(T, 2);
    passTo(T + 20 * HOUR);
    part.restart();
    count(T + 20 * HOUR, 3);
    passTo(T + 46 * HOUR);
    count(T + 46 * HOUR, 4);
    passTo(T + 46 * HOUR + TICK);

    assertThat(recorded().get(T + 20 * HOUR)).isEqualTo(5);
    assertThat(recorded().get(T + 46 * HOUR)).isEqualTo(4);
  }

  @Test
  void anAlertOnTheTotalFiresOnWhileNothingIsCounted() {
    rules("- {alert: ManyStops, expr: 'stops >= 3', for: 1h}");
    count(T, 3);

    passTo(T + 5 * HOUR);

    assertThat(part.standing().values()).containsExactly((T + HOUR) + " to now");
  }

  @Test
  void anIncreaseIsZeroWhileNothingIsCounted() {
    rules(
        """
        - {record: increase, expr: 'increase(stops[1m])'}
        - {record: rate, expr: 'rate(stops[1m])'}
        """);
    count(T, 4);
    count(T + 20_000, 2);

    passTo(T + 2 * MINUTE);

    assertThat(recorded("increase").values())
        .as("no extrapolation, and the left end is not in the range")
        .containsExactly(4.0, 4.0, 6.0, 6.0, 2.0, 2.0, 0.0, 0.0, 0.0);
    assertThat(recorded("rate").get(T + 2 * TICK)).isEqualTo(0.1);
  }

  @Test
  void aRetractedCountWithdrawsTheAlert() {
    rules("- {alert: Stopped, expr: 'increase(stops[5m]) > 0'}");
    count(T, 1);
    passTo(T + MINUTE);
    assertThat(part.standing()).hasSize(1);

    count(T, 0);
    passTo(T + MINUTE + 1_000);

    assertThat(part.standing()).isEmpty();
    assertThat(part.transitions.get(1).withdrawn()).isTrue();
  }

  @Test
  void theOnlyCountRetractedLateTakesTheZeroesAfterItAwayToo() {
    rules("- {alert: Quiet, expr: 'increase(stops[1m]) == 0'}");
    count(T, 1);
    passTo(T + 25 * MINUTE);
    assertThat(part.standing().values()).containsExactly((T + MINUTE) + " to now");

    count(T, 0);
    passTo(T + 25 * MINUTE + 1_000);

    assertThat(part.standing()).isEmpty();
  }

  @Test
  void aCountInThePlaceOfAnotherCorrectsTheTotalEverAfter() {
    rules("- {record: total, expr: stops}");
    count(T, 1);
    count(T + 2 * MINUTE, 1);
    passTo(T + 25 * MINUTE);

    count(T, 3);
    passTo(T + 25 * MINUTE + 1_000);

    assertThat(recorded().get(T)).isEqualTo(3);
    assertThat(recorded().get(T + 2 * MINUTE)).isEqualTo(4);
    assertThat(recorded().get(T + 25 * MINUTE)).isEqualTo(4);
  }

  @Test
  void aLateCountIsLookedAtAgainInTheTotalEverAfterAndInAnIncreaseForItsRange() {
    rules(
        """
        - {alert: Total, expr: 'stops > 100'}
        - {alert: Increase, expr: 'increase(stops[5m]) > 100'}
        """);
    count(T, 1);
    passTo(T + 25 * MINUTE);

    count(T + 15 * MINUTE, 1);

    assertThat(lateTicks("Total")).containsExactly(T + 15 * MINUTE, T + 25 * MINUTE);
    assertThat(lateTicks("Increase")).containsExactly(T + 15 * MINUTE, T + 20 * MINUTE - TICK);
  }

  @Test
  void aLateFirstCountMakesAnIncreaseBeThereEverAfter() {
    rules("- {alert: Quiet, expr: 'increase(stops[1m]) == 0'}");
    count(T + 20 * MINUTE, 1);
    passTo(T + 25 * MINUTE);
    assertThat(part.standing().values()).containsExactly((T + 21 * MINUTE) + " to now");

    count(T, 1);
    passTo(T + 25 * MINUTE + 1_000);

    assertThat(part.standing().values())
        .containsExactlyInAnyOrder(
            (T + MINUTE) + " to " + (T + 20 * MINUTE), (T + 21 * MINUTE) + " to now");
  }

  @Test
  void countsAreAddedInTheOrderOfTimeHoweverTheyArriveAndAreLetGo() {
    rules("- {record: total, expr: stops}");
    Random random = new Random(7);
    double sum = 0;
    for (int minute = 0; minute < 240; minute += 2) { // the later one arrives first
      double earlier = random.nextDouble();
      double later = random.nextDouble();
      count(T + (minute + 1) * MINUTE, later);
      passTo(T + (minute + 1) * MINUTE);
      count(T + minute * MINUTE, earlier);
      sum = sum + earlier + later;
    }

    passTo(T + 240 * MINUTE);

    assertThat(recorded().get(T + 240 * MINUTE)).isEqualTo(sum);
  }

  @Test
  void aTickReadsAFewSlicesHoweverManyAreKept() {
    rules("- {alert: ManyStops, expr: 'stops > 1000'}");
    for (int minute = 0; minute < 124; minute++) {
      count(T + minute * MINUTE, 1);
      passTo(T + minute * MINUTE);
    }
    assertThat(part.store().index().slices()).hasSizeGreaterThan(30);
    count(T + 124 * MINUTE, 1);
    int before = part.store().accesses();

    part.watermark(T + 124 * MINUTE);

    assertThat(part.store().accesses() - before).isLessThan(20);
  }

  @Test
  void nothingIsKeptOfCountsThatWereAllTakenBack() {
    rules("- {record: total, expr: stops}");
    count(T, 1);
    count(T, 0);

    passTo(T + 3 * HOUR);

    assertThat(recorded()).isEmpty();
    assertThat(part.store().isEmpty()).isTrue();
  }

  @Test
  void aMarkerCountsNothing() {
    rules("- {record: total, expr: stops}");
    count(T, 1);
    count(T + 1_000, StaleMarker.VALUE);

    passTo(T + TICK);

    assertThat(recorded().values()).containsExactly(1.0, 1.0);
  }

  private void rules(String rules) {
    groups = Rules.read(Rules.group(rules).replace("  interval: 1m\n", "")).file().groups();
    part = new PartDriver(groups, EvaluationOptions.DEFAULT, HORIZON);
  }

  private void count(long time, double count) {
    part.send(
        SampleBatch.at(
            time,
            SeriesLayout.of(STOPS),
            new double[] {count},
            new Position("events", 0, offset++)));
  }

  private void passTo(long time) {
    for (long next = part.highestWatermark() < T ? T : part.highestWatermark() + MINUTE;
        next < time;
        next += MINUTE) {
      part.watermark(next);
    }
    part.watermark(time);
  }

  /** Time -> the last word on what was recorded then, of all series. */
  private TreeMap<Long, Double> recorded() {
    return recorded("");
  }

  private TreeMap<Long, Double> recorded(String name) {
    TreeMap<Long, Double> recorded = new TreeMap<>();
    for (RecordedPoint point : part.points) {
      if (point.labels().get(LabelMatcher.METRIC_NAME).startsWith(name)) {
        if (point.isRetracted()) {
          recorded.remove(point.timestamp());
        } else {
          recorded.put(point.timestamp(), point.value());
        }
      }
    }
    return recorded;
  }

  /** The first and the last tick at which a rule is to be evaluated again. */
  private List<Long> lateTicks(String rule) {
    Map<String, Long> ids = new TreeMap<>();
    groups.get(0).rules().forEach(each -> ids.put(each.name(), each.id()));
    LateTicks late = part.store().index().late();
    List<Long> ticks = new ArrayList<>();
    for (long tick = late.firstFrom(T); tick < Long.MAX_VALUE; tick = late.firstFrom(tick + 1)) {
      if (late.has(tick, ids.get(rule))) {
        ticks.add(tick);
      }
    }
    return List.of(ticks.get(0), ticks.get(ticks.size() - 1));
  }
}

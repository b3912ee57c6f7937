package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RuleGroup;
import org.junit.jupiter.api.Test;

/**
 * Whatever the order of arrival, what stands is what the rules say of the sorted samples. 500 seeds
 * in the build; {@code -Dparts=2000} for more.
 */
class RandomPartTest {
  private static final int SEEDS = Integer.getInteger("parts", 500);
  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(120_000, 60_000, false);
  private static final long END = RandomPart.BEGIN + RandomPart.LENGTH + 200_000;

  private int standing;
  private int late;
  private int withdrawn;
  private int replaced;
  private int raisedAgain;
  private int endedLate;
  private int recorded;
  private int corrected;
  private int retracted;
  private int failures;
  private int restarts;

  @Test
  void finalAlertsAndRecordedSeriesDoNotDependOnTheOrderOfArrival() {
    for (int seed = 0; seed < SEEDS; seed++) {
      check(seed);
    }
    assertThat(standing).as("alerts").isGreaterThan(10 * SEEDS);
    assertThat(late).as("raised late").isGreaterThan(2 * SEEDS);
    assertThat(withdrawn).as("withdrawn").isGreaterThan(3 * SEEDS / 2);
    assertThat(replaced).as("in the place of another").isGreaterThan(SEEDS);
    assertThat(raisedAgain).as("raised again").isGreaterThan(SEEDS / 5);
    assertThat(endedLate).as("ended late").isGreaterThan(5 * SEEDS / 2);
    assertThat(recorded).as("recorded points").isGreaterThan(100 * SEEDS);
    assertThat(corrected).as("corrected points").isGreaterThan(15 * SEEDS);
    assertThat(retracted).as("retracted points").isGreaterThan(SEEDS / 4);
    assertThat(failures).as("ticks at which a rule failed").isGreaterThan(10 * SEEDS);
    assertThat(restarts).as("restarts").isGreaterThan(5 * SEEDS);
  }

  private void check(int seed) {
    Random random = new Random(seed);
    RandomPart part = new RandomPart(random, false);
    List<RuleGroup> groups = part.groups();
    List<SampleBatch> batches = part.batches();
    PartDriver driver = new PartDriver(groups, OPTIONS, HORIZON);

    arrive(part.arrivals(batches, HORIZON.toMillis() - 5_000), driver, random);

    TickByTick expected = TickByTick.run(groups, OPTIONS, batches, driver.highestWatermark());
    assertThat(driver.beyond).isZero();
    assertThat(driver.standing()).as("alerts, seed %d", seed).isEqualTo(expected.standing());
    List<String> series = expected.recorded().words(OPTIONS.lookbackMillis());
    assertThat(driver.recorded().words(OPTIONS.lookbackMillis()))
        .as("series, seed %d", seed)
        .isEqualTo(series);
    count(driver, expected);

    for (long time = driver.highestWatermark();
        time < END + 3 * HORIZON.toMillis() + 3_600_000;
        time += 60_000) {
      driver.watermark(time);
    }
    assertThat(driver.store().isEmpty()).as("nothing is left, seed %d", seed).isTrue();
  }

  private void arrive(List<RandomPart.Arrival> arrivals, PartDriver driver, Random random) {
    boolean isSlow = random.nextInt(4) == 0; // a watermark that goes in leaps
    for (RandomPart.Arrival arrival : arrivals) {
      if (random.nextInt(isSlow ? 40 : 2) == 0) {
        driver.watermark(arrival.at() - random.nextInt(5_000));
      }
      driver.send(arrival.batch());
      if (random.nextInt(30) == 0) {
        driver.restart();
        restarts++;
      }
    }
    driver.watermark(Math.max(END, driver.highestWatermark()));
  }

  private void count(PartDriver driver, TickByTick expected) {
    standing += expected.standing().size();
    recorded += expected.recorded().words(0).size();
    failures += expected.failures();
    for (AlertTransition each : driver.transitions) {
      boolean isRaised = each.state() == AlertState.FIRING;
      late += isRaised && each.turn() == 1 && each.cause() == Cause.LATE ? 1 : 0;
      withdrawn += each.withdrawn() ? 1 : 0;
      replaced += each.replaces() != null ? 1 : 0;
      raisedAgain += isRaised && each.turn() > 1 ? 1 : 0;
      endedLate += !isRaised && !each.withdrawn() && each.cause() == Cause.LATE ? 1 : 0;
    }
    for (RecordedPoint point : driver.points) {
      corrected += point.cause() == Cause.LATE ? 1 : 0;
      retracted += point.isRetracted() ? 1 : 0;
    }
  }
}

package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever the order in which counts, other counts in their place and their ends arrive, what
 * stands is what the rules say of answers that are computed from all counts in the order of time.
 * 200 seeds in the build; {@code -Dparts=2000} for more.
 */
class RandomCountsTest {
  private static final int SEEDS = Integer.getInteger("parts", 200);
  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final long END = RandomPart.BEGIN + RandomPart.LENGTH + 200_000;
  private static final long[] EXPIRIES = {150_000, 1_200_000, 3_600_000};

  private int standing;
  private int late;
  private int withdrawn;
  private int corrected;
  private int retracted;
  private int restarts;
  private int forgotten;

  @Test
  void finalAlertsAndRecordedSeriesDoNotDependOnTheOrderInWhichCountsArrive() {
    for (int seed = 0; seed < SEEDS; seed++) {
      check(seed);
    }
    assertThat(standing).as("alerts").isGreaterThan(10 * SEEDS);
    assertThat(late).as("raised late").isGreaterThan(2 * SEEDS);
    assertThat(withdrawn).as("withdrawn").isGreaterThan(SEEDS);
    assertThat(corrected).as("corrected points").isGreaterThan(50 * SEEDS);
    assertThat(retracted).as("retracted points").isGreaterThan(SEEDS / 2);
    assertThat(restarts).as("restarts").isGreaterThan(2 * SEEDS);
    assertThat(forgotten).as("of which counts are no longer held").isGreaterThan(SEEDS / 2);
  }

  private void check(int seed) {
    Random random = new Random(seed);
    long expiry = EXPIRIES[seed % EXPIRIES.length];
    EvaluationOptions options = new EvaluationOptions(120_000, 60_000, false, expiry);
    RandomPart part = new RandomPart(random, false);
    RandomCounts counts = new RandomCounts(random);
    List<SampleBatch> plain = part.batches();
    List<SampleBatch> counted = counts.batches();
    List<SampleBatch> all = new ArrayList<>(plain);
    all.addAll(counted);
    PartDriver driver = new PartDriver(counts.groups(), options, HORIZON);

    arrive(part.arrivals(all, HORIZON.toMillis() - 5_000), driver, random);

    List<SampleBatch> answers = new ArrayList<>(plain);
    answers.addAll(answers(counts.questions(), counted, expiry, driver.highestWatermark()));
    TickByTick expected =
        TickByTick.run(counts.groupsOfAnswers(), options, answers, driver.highestWatermark());
    assertThat(driver.beyond).isZero();
    assertThat(expected.failures() + driver.failures.size()).as("seed %d", seed).isZero();
    assertThat(driver.standing()).as("alerts, seed %d", seed).isEqualTo(expected.standing());
    assertThat(driver.recorded().words(options.lookbackMillis()))
        .as("series, seed %d", seed)
        .isEqualTo(expected.recorded().words(options.lookbackMillis()));
    count(driver, expected);

    long end = driver.highestWatermark() + 3 * HORIZON.toMillis() + 3_600_000 + expiry;
    for (long time = driver.highestWatermark(); time < end; time += 60_000) {
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
      if (random.nextInt(60) == 0) {
        driver.restart();
        restarts++;
      }
    }
    long quiet = random.nextInt(4) == 0 ? 4_200_000 : 0;
    driver.watermark(Math.max(END, driver.highestWatermark()));
    for (long time = END; time < END + quiet; time += 45_000) {
      driver.watermark(time);
    }
  }

  /** Each question's answers as a plain series, at all times at which rules can look. */
  private static List<SampleBatch> answers(
      List<CountQuestion> questions, List<SampleBatch> counted, long expiry, long until) {
    List<SampleBatch> answers = new ArrayList<>();
    byLabels(counted)
        .forEach(
            (labels, counts) -> {
              for (int i = 0; i < questions.size(); i++) {
                Series series = Series.of("answer" + i, labels, MetricKind.GAUGE);
                for (long time = RandomPart.BEGIN; time <= until; time += 5_000) {
                  Double answer = questions.get(i).at(time, counts, expiry);
                  double said = answer == null ? StaleMarker.VALUE : answer;
                  answers.add(
                      new SampleBatch(
                          SeriesLayout.of(series),
                          new long[] {time},
                          new double[] {said},
                          0,
                          time));
                }
              }
            });
    return answers;
  }

  /** Labels -> time -> the last word on what was counted then, if it was not taken back. */
  private static Map<Labels, TreeMap<Long, Double>> byLabels(List<SampleBatch> counted) {
    Map<Labels, TreeMap<Long, Double>> counts = new HashMap<>();
    for (SampleBatch batch : counted) { // in the order of positions
      TreeMap<Long, Double> ofSeries =
          counts.computeIfAbsent(batch.layout().series(0).labels(), any -> new TreeMap<>());
      if (batch.values()[0] == 0) {
        ofSeries.remove(batch.timestamp(0));
      } else {
        ofSeries.put(batch.timestamp(0), batch.values()[0]);
      }
    }
    return counts;
  }

  private void count(PartDriver driver, TickByTick expected) {
    standing += expected.standing().size();
    for (var each : driver.transitions) {
      late += each.turn() == 1 && each.cause() == Cause.LATE ? 1 : 0;
      withdrawn += each.withdrawn() ? 1 : 0;
    }
    for (RecordedPoint point : driver.points) {
      corrected += point.cause() == Cause.LATE ? 1 : 0;
      retracted += point.isRetracted() ? 1 : 0;
    }
    PartSeries series = driver.store().series();
    forgotten += series != null && series.hasForgotten() ? 1 : 0;
  }
}

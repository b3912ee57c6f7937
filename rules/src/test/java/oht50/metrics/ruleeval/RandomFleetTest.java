package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.Role;
import org.junit.jupiter.api.Test;

/**
 * Rules divided over the parts of a fleet say what they say of all of it in one place, whatever the
 * order of arrival. 500 seeds in the build; {@code -Dfleets=5000} for more.
 */
class RandomFleetTest {
  private static final int SEEDS = Integer.getInteger("fleets", 500);
  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(120_000, 60_000, false);
  private static final long END = RandomPart.BEGIN + RandomPart.LENGTH + 200_000;

  private int standing;
  private int recorded;
  private int handedOn;
  private int whole;
  private int partials;
  private int taken;

  @Test
  void whatIsDividedSaysTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      check(seed);
    }
    assertThat(standing).as("alerts").isGreaterThan(10 * SEEDS);
    assertThat(recorded).as("recorded points").isGreaterThan(100 * SEEDS);
    assertThat(whole).as("rules over everything").isGreaterThan(SEEDS);
    assertThat(partials).as("partial results").isGreaterThan(SEEDS / 2);
    assertThat(taken).as("records of parts looked at by the whole").isGreaterThan(SEEDS / 20);
    assertThat(handedOn).as("handed on").isGreaterThan(50 * SEEDS);
  }

  private void check(int seed) {
    Random random = new Random(seed);
    RandomPart fleet = new RandomPart(random, true);
    List<RuleGroup> groups = fleet.groups();
    List<SampleBatch> batches = fleet.batches();
    FleetDriver driver = new FleetDriver(groups, OPTIONS, HORIZON);
    long begin = TickByTick.begin(batches) / 1_000 * 1_000;
    driver.watermark(begin);
    for (RandomPart.Arrival arrival : fleet.arrivals(batches, HORIZON.toMillis() - 5_000)) {
      if (random.nextInt(2) == 0) {
        driver.watermark(arrival.at() - random.nextInt(5_000));
      }
      driver.send(arrival.batch());
      if (random.nextInt(30) == 0) {
        driver.restart();
      }
    }
    driver.watermark(END);

    TickByTick expected = TickByTick.run(groups, OPTIONS, batches, driver.watermark());
    assertThat(expected.failures()).isZero();
    assertThat(driver.published.failures).isEmpty();
    assertThat(driver.beyond).isZero();
    assertThat(Standing.of(driver.published.transitions))
        .as("alerts, seed %d of %s", seed, words(groups))
        .isEqualTo(expected.standing());
    List<String> series = expected.recorded().words(OPTIONS.lookbackMillis());
    assertThat(RecordedSeries.of(driver.published.points).words(OPTIONS.lookbackMillis()))
        .as("series, seed %d of %s", seed, words(groups))
        .isEqualTo(series);
    standing += expected.standing().size();
    recorded += series.size();
    handedOn += driver.handedOn;
    driver
        .plans()
        .forEach(
            (plan, rules) -> {
              boolean isWhole = plan.kind() == PartKind.WHOLE;
              for (var rule : rules) {
                whole += isWhole && rule.role() == Role.EVALUATED ? 1 : 0;
                partials += rule.role() == Role.PARTIAL && plan.kind() == PartKind.ROBOT ? 1 : 0;
                taken += rule.role() == Role.EVALUATED && rule.isHandedOn() ? 1 : 0;
              }
            });
  }

  private static String words(List<RuleGroup> groups) {
    StringBuilder words = new StringBuilder();
    for (RuleGroup group : groups) {
      words.append("\ngroup of every ").append(group.intervalMillis()).append(" ms");
      group
          .rules()
          .forEach(
              rule ->
                  words
                      .append("\n  ")
                      .append(rule.words())
                      .append(": ")
                      .append(ExprPrinter.print(rule.expr())));
    }
    return words.toString();
  }
}

package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import oht50.metrics.model.SampleBatch;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void whatIsLeftFailsAndHasNoStepTooMany() {
    Scenario scenario = firstWithALateSampleAfterACrash();

    Scenario shrunk = Shrinker.shrink(scenario, ShrinkerTest::hasALateSampleAfterACrash);

    List<Step> steps = shrunk.steps();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0)).isInstanceOf(Step.Crash.class);
    assertThat(((Step.Take) steps.get(1)).intent()).isEqualTo("late");
    assertThat(shrunk.toString()).contains("seed " + scenario.seed(), "crash", "late samples");
  }

  private static Scenario firstWithALateSampleAfterACrash() {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(Generator::scenario)
        .filter(ShrinkerTest::hasALateSampleAfterACrash)
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasALateSampleAfterACrash(Scenario scenario) {
    boolean crashed = false;
    for (Step step : scenario.steps()) {
      crashed |= step instanceof Step.Crash;
      if (crashed
          && step instanceof Step.Take take
          && take.intent().equals("late")
          && take.message() instanceof SampleBatch) {
        return true;
      }
    }
    return false;
  }
}

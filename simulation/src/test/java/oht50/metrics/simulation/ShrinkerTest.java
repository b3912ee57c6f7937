package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.simulation.life.Shrinker;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void whatIsLeftFailsAndHasNoStepTooMany() {
    Scenario scenario = firstWithALateSampleAfterACrash();

    List<Step> steps = Shrinker.shrink(scenario.steps(), ShrinkerTest::hasALateSampleAfterACrash);

    assertThat(steps).hasSize(2);
    assertThat(steps.get(0)).isInstanceOf(Step.Crash.class);
    assertThat(((Step.Take) steps.get(1)).intent()).isEqualTo("late");
    assertThat(scenario.with(steps).toString())
        .contains("seed " + scenario.seed(), "crash", "late samples");
  }

  private static Scenario firstWithALateSampleAfterACrash() {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(Generator::scenario)
        .filter(scenario -> hasALateSampleAfterACrash(scenario.steps()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasALateSampleAfterACrash(List<Step> steps) {
    boolean crashed = false;
    for (Step step : steps) {
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

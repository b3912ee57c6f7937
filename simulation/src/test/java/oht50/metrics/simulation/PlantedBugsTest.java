package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import oht50.metrics.planted.CaughtBy;
import oht50.metrics.planted.Planted;
import oht50.metrics.planted.PlantedBug;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that finds nothing is worth nothing: each of these bugs must be found. */
class PlantedBugsTest {
  private static final int SEEDS_ON_THE_CORES = 150;
  private static final int SEEDS_ON_THE_HARNESS = 100;

  static List<PlantedBug> bugs() {
    return Arrays.stream(PlantedBug.values())
        .filter(bug -> bug.caughtBy() == CaughtBy.SIMULATION)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void theSimulationCatches(PlantedBug bug) {
    String caught;
    try (Planted planted = Planted.plant(bug)) {
      caught = firstFault(Simulation.Kind.CORE, SEEDS_ON_THE_CORES);
      if (caught == null) {
        caught = firstFault(Simulation.Kind.HARNESS, SEEDS_ON_THE_HARNESS);
      }
    }
    System.out.println(bug.id() + " -> " + caught);
    assertThat(caught).as("what catches: " + bug.description()).isNotNull();
    assertThat(Simulation.run(Generator.scenario(1), Simulation.Kind.CORE).faults())
        .as("after it has been taken out")
        .isEmpty();
  }

  private static String firstFault(Simulation.Kind kind, int seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      Simulation.Result result = Simulation.run(Generator.scenario(seed), kind);
      if (!result.isWell()) {
        return "seed " + seed + " on " + kind + ": " + result.faults().get(0);
      }
    }
    return null;
  }
}

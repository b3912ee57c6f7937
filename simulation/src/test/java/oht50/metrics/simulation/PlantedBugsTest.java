package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import oht50.metrics.planted.CaughtBy;
import oht50.metrics.planted.Planted;
import oht50.metrics.planted.PlantedBug;
import oht50.metrics.simulation.life.Lives;
import oht50.metrics.simulation.life.Result;
import oht50.metrics.simulation.rule.RuleLives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that finds nothing is worth nothing: each of these bugs must be found. */
class PlantedBugsTest {
  private static final int SEEDS = 100;

  /** In turn on the cores and on the harness, as many at a time: some show only on one of them. */
  private static final int SEEDS_IN_A_ROW = 5;

  /** On the cores, and on the harness. */
  private static final Map<CaughtBy, List<Lives>> LIVES =
      Map.of(
          CaughtBy.SIMULATION, List.of(Simulation.Kind.CORE, Simulation.Kind.HARNESS),
          CaughtBy.RULE_SIMULATION, List.of(RuleLives.CORE, RuleLives.HARNESS));

  static List<PlantedBug> bugs() {
    return Arrays.stream(PlantedBug.values())
        .filter(bug -> LIVES.containsKey(bug.caughtBy()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void theSimulationCatches(PlantedBug bug) {
    List<Lives> lives = LIVES.get(bug.caughtBy());
    String caught;
    try (Planted planted = Planted.plant(bug)) {
      caught = firstFault(lives);
    }
    System.out.println(bug.id() + " -> " + caught);
    assertThat(caught).as("what catches: " + bug.description()).isNotNull();
    assertThat(lives.get(0).run(1).faults()).as("after it has been taken out").isEmpty();
  }

  private static String firstFault(List<Lives> ofBug) {
    for (long first = 1; first <= SEEDS; first += SEEDS_IN_A_ROW) {
      for (Lives lives : ofBug) {
        for (long seed = first; seed < first + SEEDS_IN_A_ROW; seed++) {
          Result result = lives.run(seed);
          if (!result.isWell()) {
            return "seed " + seed + " on " + lives.word() + ": " + result.faults().get(0);
          }
        }
      }
    }
    return null;
  }
}

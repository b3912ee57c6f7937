package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Run by hand when a version is released, and never for one that has been: writes the savepoint
 * that every later build restores, and what an undisturbed run answers.
 *
 * <pre>./mvnw verify -pl flink-conf,it -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dit.test=GoldenSavepointMaker -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dgolden.version=0.1.0</pre>
 */
class GoldenSavepointMaker {
  @Test
  void make() throws IOException {
    String version = System.getProperty("golden.version", "");
    assertThat(version).as("-Dgolden.version").isNotEmpty().isNotIn(GoldenFleet.versions());
    List<String> undisturbed = play(version, false);
    List<String> resumed = play(version, true);
    assertThat(resumed).containsExactlyInAnyOrderElementsOf(undisturbed);
    GoldenFleet.expect(undisturbed);
  }

  private static List<String> play(String version, boolean stops) throws IOException {
    try (Stack stack = Stack.at(6).up("--no-demo", "--no-host", "--no-clock");
        FlinkCommands cluster =
            new FlinkCommands(
                stack.data().resolve("other-flink"),
                stack.firstPort() + 6,
                FlinkCommands.databasePassword(stack))) {
      cluster.startCluster();
      GoldenFleet fleet = new GoldenFleet(version, stack, cluster);
      fleet.run();
      fleet.before();
      if (stops) {
        String savepoint = fleet.job().stop();
        fleet.pack(savepoint);
        fleet.run("-s", savepoint);
      }
      fleet.after();
      return fleet.answers();
    }
  }
}

package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import oht50.metrics.planted.CaughtBy;
import oht50.metrics.planted.Planted;
import oht50.metrics.planted.PlantedBug;
import org.junit.jupiter.api.Test;

/** A test of the writers that passes while its bug is planted finds nothing. */
class PlantedWriterBugsTest {
  private interface Behaviour {
    void check(RollupsTableTest test) throws Exception;
  }

  private static final Map<PlantedBug, Behaviour> MUST_FAIL =
      new EnumMap<>(
          Map.of(
              PlantedBug.EARLY_OVER_FINAL, RollupsTableTest::earlyRowNeverReplacesAFinalOne,
              PlantedBug.ANY_INCARNATION,
                  RollupsTableTest::otherIncarnationIsRefusedAndItsWindowMarkedForRepair,
              PlantedBug.UNFLUSHED_BATCH, RollupsTableTest::firstFinalRowHasRevisionZero,
              PlantedBug.UNFOLDED_BATCH,
                  RollupsTableTest::aBatchFullOfRepeatsSaysTheSameAsOneRowAfterTheOther));

  @Test
  void everyBugThatTheWritersTestsMustCatchIsHere() {
    assertThat(MUST_FAIL.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PlantedBug.values())
                .filter(bug -> bug.caughtBy() == CaughtBy.WRITER_TESTS)
                .toList());
  }

  @Test
  void eachIsCaught() throws Exception {
    for (Map.Entry<PlantedBug, Behaviour> each : MUST_FAIL.entrySet()) {
      run(each.getValue()); // passes without it
      try (Planted planted = Planted.plant(each.getKey())) {
        assertThatThrownBy(() -> run(each.getValue())).as(each.getKey().id()).isNotNull();
      }
    }
  }

  private static void run(Behaviour behaviour) throws Exception {
    RollupsTableTest test = new RollupsTableTest();
    test.start();
    try {
      behaviour.check(test);
    } finally {
      test.stop();
    }
  }
}

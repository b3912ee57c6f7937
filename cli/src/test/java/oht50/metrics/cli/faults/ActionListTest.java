package oht50.metrics.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActionListTest {
  private static FaultAction action(String text) {
    return ActionList.parse(text).get(0);
  }

  @Test
  void theSecondsOfAFaultThatLastsAreItsOwn() {
    assertThat(action("away postgres 60"))
        .isEqualTo(new FaultAction(1, FaultKind.AWAY, Target.POSTGRES, null, 60, 1_000));
  }

  @Test
  void theSecondsOfAFaultThatDoesNotLastPassBeforeIt() {
    assertThat(action("kill taskManager 4"))
        .isEqualTo(new FaultAction(1, FaultKind.KILL, Target.TASK_MANAGER, null, 0, 4_000));
    assertThat(action("kill kafka"))
        .isEqualTo(new FaultAction(1, FaultKind.KILL, Target.KAFKA, null, 0, 1_000));
  }

  @Test
  void anAimedFaultComesWhenItHits() {
    assertThat(action("stop taskManager flush 12"))
        .isEqualTo(new FaultAction(1, FaultKind.STOP, Target.TASK_MANAGER, AimPoint.FLUSH, 12, 0));
  }
}

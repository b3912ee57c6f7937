package oht50.metrics.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionPlanTest {
  @Test
  void aSeedDecidesThePlan() {
    assertThat(ActionPlan.of(7, 40, 20)).isEqualTo(ActionPlan.of(7, 40, 20));
    assertThat(ActionPlan.of(7, 40, 20)).isNotEqualTo(ActionPlan.of(8, 40, 20));
  }

  @Test
  void aShorterPlanIsTheBeginningOfALongerOne() {
    assertThat(ActionPlan.of(7, 40, 20))
        .startsWith(ActionPlan.of(7, 10, 20).toArray(FaultAction[]::new));
  }

  @Test
  void everySecondActionIsAimed() {
    List<FaultAction> plan = ActionPlan.of(3, 100, 60);
    assertThat(plan).filteredOn(FaultAction::isAimed).hasSize(50);
    assertThat(plan)
        .filteredOn(FaultAction::isAimed)
        .extracting(FaultAction::aim)
        .contains(AimPoint.values());
  }

  @Test
  void whatLastsDoesSoForFiveSecondsToTheLongest() {
    assertThat(ActionPlan.of(3, 200, 60))
        .filteredOn(action -> action.kind().lasts())
        .extracting(FaultAction::seconds)
        .allMatch(seconds -> seconds >= 5 && seconds <= 60)
        .anyMatch(seconds -> seconds > 40);
  }

  @Test
  void noPlanHoldsWhatOnlyAPlantedBugNeeds() {
    assertThat(ActionPlan.of(3, 200, 60))
        .extracting(FaultAction::kind)
        .doesNotContain(FaultKind.LOSE_STATE, FaultKind.NONE);
  }

  @Test
  void aListIsReadWithItsAimsAndSeconds() {
    assertThat(ActionList.parse("kill kafka, stop taskManager flush 12"))
        .containsExactly(
            new FaultAction(1, FaultKind.KILL, Target.KAFKA, null, 0, 1_000),
            new FaultAction(2, FaultKind.STOP, Target.TASK_MANAGER, AimPoint.FLUSH, 12, 0));
  }

  @Test
  void aListNamesTheWordThatItDoesNotKnow() {
    assertThatThrownBy(() -> ActionList.parse("kick kafka"))
        .hasMessageContaining("'kick' is no kind; there are kill, stop,");
    assertThatThrownBy(() -> ActionList.parse("kill cafka"))
        .hasMessageContaining("'cafka' is no target");
  }
}

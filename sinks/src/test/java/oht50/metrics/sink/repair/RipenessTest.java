package oht50.metrics.sink.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import oht50.metrics.sink.postgres.RepairLedger.Moment;
import org.junit.jupiter.api.Test;

class RipenessTest {
  private static final long NONE = -1;

  private final Ripeness ripeness = new Ripeness();

  private static Instant second(long second) {
    return Instant.ofEpochSecond(second);
  }

  private Instant look(long second, long attempt, long begun, long completed) {
    ripeness.look(new Moment(second(second), attempt), begun, completed);
    return ripeness.until();
  }

  @Test
  void aMomentIsOverWithTheSecondCheckpointThatCameToItsEndAfterIt() {
    assertThat(look(1, 7, 4, 4)).isNull();
    assertThat(look(2, 7, 5, 4)).isNull();
    assertThat(look(3, 7, 5, 5)).as("5 may have begun before the moment").isNull();
    assertThat(look(4, 7, 6, 5)).isNull();
    assertThat(look(5, 7, 6, 6)).isEqualTo(second(1));
    assertThat(ripeness.since()).isEqualTo(second(1));
  }

  @Test
  void aCheckpointThatWasBegunBeforeTheMomentDoesNotCount() {
    assertThat(look(1, 7, 5, 4)).isNull();
    assertThat(look(2, 7, 5, 5)).isNull();
    assertThat(look(3, 7, 6, 6)).isNull();
    assertThat(look(4, 7, 7, 7)).isEqualTo(second(1));
  }

  @Test
  void checkpointsThatFailAreWaitedOut() {
    assertThat(look(1, 7, 4, 4)).isNull();
    assertThat(look(2, 7, 8, 4)).isNull();
    assertThat(look(3, 7, 9, 9)).isNull();
    assertThat(look(4, 7, 12, 9)).isNull();
    assertThat(look(5, 7, 12, 12)).isEqualTo(second(1));
  }

  @Test
  void theNextMomentIsNotedWhenOneIsOver() {
    look(1, 7, NONE, NONE);
    look(2, 7, 1, 1);
    assertThat(look(3, 7, 2, 2)).isEqualTo(second(1));
    assertThat(look(4, 7, 3, 3)).isEqualTo(second(1));
    assertThat(look(5, 7, 4, 4)).isEqualTo(second(3));
  }

  @Test
  void anotherAttemptBeginsAnew() {
    look(1, 7, 4, 4);
    look(2, 7, 5, 5);
    look(3, 7, 6, 6);
    assertThat(look(4, 8, 7, 7)).isNull();
    assertThat(ripeness.since()).isEqualTo(second(4));

    assertThat(look(5, 8, 8, 8)).isNull();
    assertThat(look(6, 8, 9, 9)).isEqualTo(second(4));
  }
}

package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final long SECOND = 1_000_000_000;

  private final Presence presence = new Presence();

  @Test
  void whoWasSeenIsLostAfterFortySeconds() {
    presence.started(0);
    presence.seen(10 * SECOND);

    assertThat(presence.isLost(50 * SECOND)).isFalse();
    assertThat(presence.isLost(51 * SECOND)).isTrue();
  }

  @Test
  void whoIsStillStartingOnABusyMachineIsNotStartedOverAndOver() {
    presence.started(0);

    assertThat(presence.isLost(200 * SECOND)).isFalse();
    assertThat(presence.isLost(241 * SECOND)).isTrue();
  }

  @Test
  void aNewStartGetsTheTimeOfANewStart() {
    presence.seen(0);
    presence.started(100 * SECOND);

    assertThat(presence.isLost(200 * SECOND)).isFalse();
  }
}

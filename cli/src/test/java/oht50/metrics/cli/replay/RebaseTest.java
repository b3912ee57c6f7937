package oht50.metrics.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RebaseTest {
  private static final Instant NEWEST = Instant.parse("2014-02-28T14:22:00Z");

  @Test
  void newestBecomesTheLatestMinuteNotAfterTheBase() {
    Instant base = Instant.parse("2026-11-25T00:30:23.730Z");
    Instant shifted = NEWEST.plus(Duration.ofMinutes(Rebase.onto(base, NEWEST).minutes()));
    assertThat(shifted).isEqualTo(Instant.parse("2026-11-25T00:30:00Z"));
  }

  @Test
  void sameBaseGivesTheSameShift() {
    Instant base = Instant.parse("2026-11-25T00:30:23.730Z");
    assertThat(Rebase.onto(Instant.parse(base.toString()), NEWEST))
        .isEqualTo(Rebase.onto(base, NEWEST));
  }

  @Test
  void roundsDownIntoThePastToo() {
    assertThat(Rebase.onto(NEWEST.minusSeconds(1), NEWEST).minutes()).isEqualTo(-1);
    assertThat(Rebase.onto(NEWEST, NEWEST).minutes()).isZero();
  }

  @Test
  void paceCountsFromTheFirstLine() {
    Instant first = NEWEST;
    assertThat(Pace.parse("10").due(first, first.plusSeconds(50))).isEqualTo(Duration.ofSeconds(5));
    assertThat(Pace.parse("10").due(first, first.minusSeconds(50))).isEqualTo(Duration.ZERO);
    assertThat(Pace.parse("max").due(first, first.plusSeconds(50))).isEqualTo(Duration.ZERO);
    assertThatThrownBy(() -> Pace.parse("fast")).hasMessageContaining("'fast' is no speed");
    assertThatThrownBy(() -> Pace.parse("0")).hasMessageContaining("no speed");
  }
}

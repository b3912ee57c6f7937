package oht50.metrics.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void whatIsPrintedIsReadBack() {
    for (String text : new String[] {"0s", "30s", "1h30m", "250ms", "2d", "1d1h1m1s1ms"}) {
      assertThat(Durations.print(Durations.parse(text))).isEqualTo(text);
    }
    assertThat(Durations.print(Duration.ofSeconds(90))).isEqualTo("1m30s");
  }

  @Test
  void yearsAndWeeksAreCountedInDays() {
    assertThat(Durations.parse("1y2w3d")).isEqualTo(Duration.ofDays(365 + 14 + 3));
    assertThat(Durations.parse("2592000000ms")).isEqualTo(Duration.ofDays(30));
    assertThat(Durations.isDuration("292y")).isTrue();
    assertThat(Durations.isDuration("293y")).isFalse();
  }

  @Test
  void otherNotationsAreRefused() {
    for (String text : new String[] {"", "30", "30 s", "1m1h", "-1s", "1.5h"}) {
      assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("'" + text + "'");
    }
  }
}

package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import oht50.metrics.model.Hash64;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void timesAreOfTheTargetNotOfTheStart() {
    Slots slots = new Slots(-3, 10);

    assertThat(slots.latest(107)).isEqualTo(107);
    assertThat(slots.latest(106)).isEqualTo(97);
    assertThat(slots.after(106)).isEqualTo(107);
    assertThat(slots.after(107)).isEqualTo(117);
  }

  @Test
  void targetsAreSpreadOverTheInterval() {
    long[] perSecond = new long[10];
    IntStream.range(0, 1_000)
        .forEach(
            i -> {
              long slot = new Slots(Hash64.id("host" + i), 10_000).after(0);
              perSecond[(int) ((slot - 1) / 1_000)]++;
            });

    assertThat(java.util.Arrays.stream(perSecond)).allMatch(n -> n > 60 && n < 140);
  }
}

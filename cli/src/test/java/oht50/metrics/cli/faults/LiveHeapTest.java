package oht50.metrics.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void bothGenerationsCountAndMetaspaceDoesNot() {
    assertThat(
            LiveHeap.usedBytes(
                """
                4711:
                 def new generation   total 78656K, used 1024K [0x00, 0x01, 0x02)
                  eden space 69952K,   1% used [0x00, 0x01, 0x02)
                 tenured generation   total 174784K, used 2048K [0x00, 0x01, 0x02)
                   the space 174784K,   1% used [0x00, 0x01, 0x02, 0x03)
                 Metaspace       used 5000K, committed 5100K, reserved 1056768K
                """))
        .isEqualTo(3 << 20);
  }

  @Test
  void theHeapOfAnotherCollectorIsNotTakenForEmpty() {
    assertThatThrownBy(() -> LiveHeap.usedBytes("garbage-first heap   total 10K, used 5K"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

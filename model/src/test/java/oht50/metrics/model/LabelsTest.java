package oht50.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Labels LABELS = Labels.of("b", "2", "a", "1", "c", "3");

  @Test
  void someOfThemAreKeptOrLeftOut() {
    assertThat(LABELS.keep(List.of("a", "c", "d"))).isEqualTo(Labels.of("a", "1", "c", "3"));
    assertThat(LABELS.without(List.of("a", "c", "d"))).isEqualTo(Labels.of("b", "2"));
    assertThat(LABELS.keep(List.of())).isSameAs(Labels.EMPTY);
    assertThat(LABELS.without(List.of("d"))).isSameAs(LABELS);
  }

  @Test
  void oneMoreIsAddedOrReplacesOrGoes() {
    assertThat(LABELS.with("bb", "x"))
        .isEqualTo(Labels.of("a", "1", "b", "2", "bb", "x", "c", "3"));
    assertThat(LABELS.with("b", "x")).isEqualTo(Labels.of("a", "1", "b", "x", "c", "3"));
    assertThat(LABELS.with("b", "")).isEqualTo(Labels.of("a", "1", "c", "3"));
    assertThat(Labels.EMPTY.with("a", "1")).isEqualTo(Labels.of("a", "1"));
  }

  @Test
  void theyAreInTheOrderOfTheirNames() {
    assertThat(LABELS.name(0) + LABELS.value(0) + LABELS.name(2) + LABELS.value(2))
        .isEqualTo("a1c3");
  }
}

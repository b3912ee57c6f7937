package oht50.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void idIsTheHashOfTheCanonicalText() {
    Series series = Series.gauge("up", "robot_id", "R-1", "axis", "x");

    assertThat(series.canonical()).isEqualTo("up{axis=\"x\",robot_id=\"R-1\"}");
    assertThat(series.id()).isEqualTo(Hash64.id("up{axis=\"x\",robot_id=\"R-1\"}"));
    assertThat(Hash64.hex("")).isEqualTo("ef46db3751d8e999"); // published test vector of XXH64
  }

  @Test
  void valuesAreEscapedAsInTheExpositionFormat() {
    assertThat(Series.gauge("m", "a", "x\\y\"z\n").canonical())
        .isEqualTo("m{a=\"x\\\\y\\\"z\\n\"}");
  }

  @Test
  void labelsOfAnyOrderAndEmptyOnesAreOneSeries() {
    assertThat(Series.gauge("m", "b", "2", "a", "1", "c", ""))
        .isEqualTo(Series.gauge("m", "a", "1", "b", "2"));
  }

  @Test
  void entityIsTheRobotElseTheInstanceElseTheMetric() {
    assertThat(Series.gauge("m", "robot_id", "R", "instance", "i").entity()).isEqualTo("R");
    assertThat(Series.gauge("m", "instance", "i").entity()).isEqualTo("i");
    assertThat(Series.gauge("m").entity()).isEqualTo("m");
  }

  @Test
  void allSeriesOfARobotHaveOneKeyAndOthersAtMost64() {
    assertThat(Series.gauge("a", "robot_id", "R").key())
        .isEqualTo(Series.gauge("b", "robot_id", "R").key());
    long keys =
        java.util.stream.IntStream.range(0, 10_000)
            .mapToLong(i -> Series.gauge("m", "instance", "host", "i", "" + i).key())
            .distinct()
            .count();
    assertThat(keys).isEqualTo(64);
  }

  @Test
  void aLayoutHoldsSeriesOfOneKeyOnly() {
    assertThatThrownBy(
            () ->
                SeriesLayout.of(
                    Series.gauge("a", "robot_id", "R"), Series.gauge("a", "robot_id", "S")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

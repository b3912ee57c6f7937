package oht50.metrics.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final Series A = Series.gauge("a", "robot_id", "R");
  private static final Series B = Series.gauge("b", "robot_id", "R");

  private static SeriesVerdict verdict(Series series, boolean isAdmitted, long askedAt) {
    return new SeriesVerdict(series.key(), series.id(), isAdmitted, askedAt);
  }

  @Test
  void aLayoutIsKnownWhenAllItsSeriesHaveBeenAnswered() {
    Places one = Places.NONE.with(verdict(A, true, NOON));
    Places both = one.with(verdict(B, false, NOON));

    assertThat(one.know(SeriesLayout.of(A, B))).isFalse();
    assertThat(both.know(SeriesLayout.of(A, B))).isTrue();
    assertThat(both.admit(A.id())).isTrue();
    assertThat(both.admit(B.id())).isFalse();
  }

  @Test
  void whoHasAPlaceKeepsItAndWhoWasRefusedMayGetOne() {
    Places places =
        Places.NONE
            .with(verdict(A, true, NOON))
            .with(verdict(A, false, NOON + 1))
            .with(verdict(B, false, NOON))
            .with(verdict(B, true, NOON + 1));

    assertThat(places.admit(A.id())).isTrue();
    assertThat(places.admit(B.id())).isTrue();
  }

  @Test
  void whoHasNotAskedForLongIsForgottenAndBeforeTheFirstWatermarkNobody() {
    Places places = Places.NONE.with(verdict(A, true, NOON)).with(verdict(B, true, Long.MIN_VALUE));
    Places left = places.askedSince(NOON + 1, NOON + 5);

    assertThat(left.admit(A.id())).isFalse();
    assertThat(left.admit(B.id())).isTrue();
    assertThat(left.askedSince(NOON + 6, NOON + 9).isEmpty()).isTrue();
  }

  @Test
  void goesThroughItsBinaryForm() throws Exception {
    Places places = Places.NONE.with(verdict(A, true, NOON)).with(verdict(B, false, NOON + 1));
    Places.BinaryForm form = new Places.BinaryForm();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.write(places, new DataOutputStream(bytes));
    Places read =
        form.read(
            form.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.admit(A.id())).isTrue();
    assertThat(read.admit(B.id())).isFalse();
    assertThat(read.askedSince(NOON + 1, NOON + 1).size()).isEqualTo(1);
  }

  @Test
  void aLayoutAsksOnceInTenMinutesOfEitherTime() {
    AskedLayouts asked = new AskedLayouts();
    SeriesLayout layout = SeriesLayout.of(A);

    assertThat(asked.mustAsk(layout, Long.MIN_VALUE, 0)).isTrue();
    assertThat(asked.mustAsk(layout, Long.MIN_VALUE, 1)).isFalse();
    assertThat(asked.mustAsk(layout, NOON, 2)).isTrue();
    assertThat(asked.mustAsk(layout, NOON + AskedLayouts.AGAIN_AFTER - 1, 3)).isFalse();
    assertThat(asked.mustAsk(layout, NOON + AskedLayouts.AGAIN_AFTER, 4)).isTrue();
    assertThat(asked.mustAsk(layout, NOON + AskedLayouts.AGAIN_AFTER, AskedLayouts.AGAIN_AFTER + 4))
        .isTrue();
    assertThat(asked.mustAsk(SeriesLayout.of(B), NOON, 5)).isTrue();
  }
}

package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Position;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.source.Decoded;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.RepairRecord;
import org.junit.jupiter.api.Test;

class RepairDecoderTest {
  private static final Series BATTERY = Series.gauge("battery", "robot_id", "R");
  private static final Backfill BACKFILL =
      new Backfill(
          BATTERY,
          9,
          0,
          120_000,
          Backfill.NOTHING_SAID,
          0,
          new long[] {5, 60_007},
          new double[] {1.5, StaleMarker.VALUE},
          List.of(new RepairWindow(BATTERY.id(), Interval.MINUTE, 0, Cause.LATE, 120_000)));

  private final Decoder decoder = new RepairDecoder();

  private Decoded decode(byte[] value) {
    return decoder.decode(
        new RawRecord(
            new Position("oht50.repair", 2, 41),
            RepairRecord.key(BACKFILL),
            value,
            Records.ARRIVAL));
  }

  @Test
  void whatWasSentArrivesWithItsStaleMarkersAndSaysNothingOfTime() {
    Decoded decoded = decode(RepairRecord.value(BACKFILL));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.hasEventTime()).isFalse();
    assertThat(decoded.backfills()).containsExactly(BACKFILL);
    assertThat(StaleMarker.is(decoded.backfills()[0].values()[1])).isTrue();
  }

  @Test
  void aQuestionArrives() {
    Backfill question = Backfill.question(BATTERY, 9, BACKFILL.windows());

    assertThat(decode(RepairRecord.value(question)).backfills()).containsExactly(question);
  }

  @Test
  void theKeyIsThatOfTheSeriesAsText() {
    assertThat(new String(RepairRecord.key(BACKFILL), StandardCharsets.US_ASCII))
        .isEqualTo(Long.toString(BATTERY.key()));
  }

  @Test
  void whatIsNoRepairIsRejected() {
    byte[] newer = RepairRecord.value(BACKFILL);
    newer[0]++;

    assertThat(rejects(decode(null))).containsExactly("MALFORMED_BINARY $");
    assertThat(rejects(decode(new byte[0]))).containsExactly("MALFORMED_BINARY $");
    assertThat(rejects(decode(new byte[] {1, 2, 3}))).containsExactly("MALFORMED_BINARY $");
    assertThat(rejects(decode(newer))).containsExactly("UNSUPPORTED_VERSION $");
    assertThat(rejects(decode("{\"a\": 1}".getBytes(StandardCharsets.UTF_8))))
        .containsExactly("UNSUPPORTED_VERSION $");
  }

  @Test
  void aDamagedRepairIsRejectedWhereverTheDamageIs() {
    byte[] whole = RepairRecord.value(BACKFILL);
    Random random = new Random(3);
    for (int place = 1; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << random.nextInt(8));

      Decoded decoded = decode(damaged);

      assertThat(rejects(decoded)).as("byte " + place).containsExactly("MALFORMED_BINARY $");
      assertThat(decoded.backfills()).isEmpty();
    }
  }
}

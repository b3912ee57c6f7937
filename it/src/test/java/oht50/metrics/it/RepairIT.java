package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Points beyond the horizon through the whole system: their windows are computed anew. */
@Order(31)
class RepairIT {
  /** After all other times of the stack. */
  private static final long T = Instant.parse("2025-06-11T12:00:00Z").toEpochMilli();

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension private static final SharedStack TOLD = SharedStack.told();

  private static Stack stack;

  @BeforeAll
  static void play() {
    stack = TOLD.stack();
    List<String> points = new ArrayList<>();
    for (long time = T; time < T + 10 * MINUTE; time += 10_000) {
      points.add(point(time, 1));
    }
    for (long time = T + 10 * MINUTE; time < T + 5 * HOUR; time += 5 * MINUTE) {
      points.add(point(time, 1));
    }
    stack.send(points);
    stack.send(List.of(Lines.clock(T + 5 * HOUR)));
    Eventually.passes(PATIENCE, () -> assertThat(row("1h", T)).isNotEmpty());
  }

  private static String point(long time, double value) {
    return Lines.point("repair_test", "{\"robot_id\": \"R\"}", time, value);
  }

  /** Count, sum, greatest value and cause of a window. */
  private static List<String> row(String interval, long start) {
    return stack.rows(
        "SELECT r.count, r.sum, r.max, r.is_final, r.cause FROM rollups r JOIN series s USING"
            + " (series_id) WHERE s.metric_name = 'repair_test' AND r.\"interval\" = '"
            + interval
            + "' AND r.window_start = to_timestamp("
            + start / 1_000
            + ")");
  }

  private static void assertRepaired(long minute, String expected) {
    Eventually.passes(
        PATIENCE,
        () -> {
          assertThat(row("1m", minute)).containsExactly(expected);
          assertThat(stack.rows("SELECT * FROM repair_windows")).isEmpty();
        });
  }

  @Test
  void aPointBeyondTheHorizonIsInEveryWindowThatHoldsIt() {
    stack.send(List.of(point(T + 5 * MINUTE + 5_000, 100)));

    assertRepaired(T + 5 * MINUTE, "7|106|100|t|backfill");
    assertThat(row("5m", T + 5 * MINUTE)).containsExactly("31|130|100|t|backfill");
    assertThat(row("1h", T)).containsExactly("71|170|100|t|backfill");
  }

  @Test
  void whoeverHoldsTheProducersNameIsPutOutAndNothingOfHisIsRead() throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "localhost:" + stack.firstPort());
    properties.put("transactional.id", "oht50-metrics-repair");
    try (KafkaProducer<byte[], byte[]> zombie =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      zombie.initTransactions();
      zombie.beginTransaction();
      zombie.send(new ProducerRecord<>("oht50.repair", new byte[] {1, 2, 3})).get();

      stack.send(List.of(point(T + HOUR + 5_000, 50)));

      assertRepaired(T + HOUR, "2|51|50|t|backfill");
      assertThatThrownBy(zombie::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }
    assertThat(stack.rows("SELECT * FROM rejected WHERE reason = 'MALFORMED_BINARY'")).isEmpty();
  }

  @Test
  void whatIsNoRepairIsRejectedAndNothingElseHappens() {
    stack.send(List.of(Lines.raw("oht50.repair", "0", "nonsense")));

    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(stack.rows("SELECT reason, path FROM rejected WHERE topic = 'oht50.repair'"))
                .containsExactly("UNSUPPORTED_VERSION|$"));
    assertThat(stack.status().path("healthy").asBoolean()).isTrue();
  }
}

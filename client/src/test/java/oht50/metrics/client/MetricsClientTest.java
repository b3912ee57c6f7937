package oht50.metrics.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class MetricsClientTest {
  private static final MetricsClientOptions SMALL =
      new MetricsClientOptions("oht50.points", 3, Duration.ofSeconds(60), 10_000);

  /** A clock that stands until it is moved. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-11-24T18:50:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Sends in the thread that asks for it. */
  private static final class AtOnce implements MetricsClient.Sending {
    @Override
    public void execute(Runnable work) {
      work.run();
    }

    @Override
    public void stop() {}
  }

  private final Hand clock = new Hand();

  private static MockProducer<byte[], byte[]> producer(boolean answers) {
    return new MockProducer<>(answers, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private MetricsClient client(
      MockProducer<byte[], byte[]> producer, MetricsClientOptions options) {
    return new MetricsClient(producer, options, clock, new AtOnce());
  }

  /** {@code key value} of each record. */
  private static List<String> sent(MockProducer<byte[], byte[]> producer) {
    List<String> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      sent.add(new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8));
    }
    return sent;
  }

  @Test
  void aFullBufferIsOneArrayPerMetric() {
    MockProducer<byte[], byte[]> producer = producer(true);
    MetricsClient client = client(producer, SMALL);

    client.recordMetric("mission_success", 1, Map.of("ok", "a\"b\n"), MetricType.COUNTER);
    client.recordMetric("load", 0.5);
    assertThat(producer.history()).isEmpty();
    client.recordMetric("load", 0.75);

    assertThat(producer.history()).allMatch(record -> record.topic().equals("oht50.points"));
    assertThat(sent(producer))
        .containsExactly(
            "mission_success [{\"name\":\"mission_success\",\"value\":1.0,"
                + "\"timestamp\":1795546200000,\"labels\":{\"ok\":\"a\\\"b\\u000a\"},"
                + "\"metric_type\":\"counter\"}]",
            "load [{\"name\":\"load\",\"value\":0.5,\"timestamp\":1795546200000,\"labels\":{},"
                + "\"metric_type\":\"gauge\"},{\"name\":\"load\",\"value\":0.75,"
                + "\"timestamp\":1795546200001,\"labels\":{},\"metric_type\":\"gauge\"}]");
  }

  @Test
  void aPointWaitsForAMinuteAtMost() {
    MockProducer<byte[], byte[]> producer = producer(true);
    MetricsClient client = client(producer, SMALL);

    client.recordMetric("load", 0.5);
    clock.move(Duration.ofSeconds(59));
    client.tick();
    assertThat(producer.history()).isEmpty();
    clock.move(Duration.ofSeconds(1));
    client.tick();

    assertThat(producer.history()).hasSize(1);
    client.tick();
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void closeSendsTheRest() {
    MockProducer<byte[], byte[]> producer = producer(true);
    MetricsClient client = client(producer, SMALL);
    client.recordMetric("load", 0.5);

    client.close();

    assertThat(producer.history()).hasSize(1);
    assertThat(producer.closed()).isTrue();
    assertThatThrownBy(() -> client.recordMetric("load", 1))
        .isInstanceOf(IllegalStateException.class);
    client.close();
  }

  @Test
  void closeSaysWhatDidNotGetThere() {
    MockProducer<byte[], byte[]> producer = producer(false);
    MetricsClient client = client(producer, SMALL);
    client.recordMetric("load", 0.5);
    client.recordMetric("speed", 0.5);
    client.flush();
    producer.completeNext();

    assertThatThrownBy(() -> client.close(Duration.ZERO))
        .isInstanceOfSatisfying(MetricsNotDelivered.class, e -> assertThat(e.points()).isEqualTo(1))
        .hasMessageStartingWith("1 points did not reach Kafka");
  }

  @Test
  void whatKafkaDidNotTakeIsSentAgain() {
    MockProducer<byte[], byte[]> producer = producer(false);
    MetricsClient client = client(producer, SMALL);
    client.recordMetric("load", 0.5);
    client.flush();
    producer.errorNext(new TimeoutException("no broker"));
    assertThat(producer.history()).hasSize(1);

    client.tick();
    producer.completeNext();

    assertThat(sent(producer)).hasSize(2);
    assertThat(sent(producer).get(1)).isEqualTo(sent(producer).get(0));
    client.close(Duration.ZERO);
  }

  @Test
  void aProducerThatCannotBeAskedCostsNoPoint() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new TimeoutException("no metadata");
    MetricsClient client = client(producer, SMALL);
    client.recordMetric("load", 0.5);
    client.recordMetric("speed", 0.5);
    client.flush();
    assertThat(producer.history()).isEmpty();

    producer.sendException = null;
    client.tick();

    assertThat(producer.history()).hasSize(2);
    client.close(Duration.ZERO);
  }

  @Test
  void whileKafkaIsAwayPointsAreRefusedAndNeverDropped() {
    MockProducer<byte[], byte[]> producer = producer(false);
    MetricsClient client = client(producer, SMALL);
    int taken = 0;
    try {
      for (; taken < 1_000; taken++) {
        clock.move(Duration.ofMillis(1));
        client.recordMetric("load", taken);
      }
    } catch (MetricsRefused e) {
      assertThat(e).hasMessageContaining("wait for Kafka");
    }
    assertThat(taken).isBetween(50, 200);

    while (producer.completeNext()) {
      assertThat(producer.history()).isNotEmpty();
    }
    client.recordMetric("load", -1);
    client.flush();
    producer.completeNext();
    client.close(Duration.ZERO);

    String all = String.join("", sent(producer));
    for (int i = 0; i < taken; i++) {
      assertThat(all).contains("\"value\":" + i + ".0,");
    }
  }

  @Test
  void recordsStayBelowAMebibyte() {
    MockProducer<byte[], byte[]> producer = producer(true);
    MetricsClient client =
        client(producer, new MetricsClientOptions("t", 1_000, Duration.ofSeconds(60), 32L << 20));
    for (int i = 0; i < 1_000; i++) {
      client.recordMetric("load", i, Map.of("padding", "x".repeat(4_000)), MetricType.HISTOGRAM);
    }

    assertThat(producer.history()).hasSizeBetween(4, 6);
    assertThat(producer.history())
        .allMatch(record -> record.value().length <= PointRecord.MAX_RECORD_BYTES)
        .allMatch(record -> record.value()[0] == '[');
    assertThat(String.join("", sent(producer)).split("\"metric_type\"", -1)).hasSize(1_001);
  }

  @Test
  void whatReadersWouldRejectIsRefusedAtTheCall() {
    MetricsClient client = client(producer(true), SMALL);
    Map<String, String> none = Map.of();

    for (String name : new String[] {null, "", "a b", "9a"}) {
      refused(client, name, 1, none, MetricType.GAUGE);
    }
    refused(client, "a", Double.NaN, none, MetricType.GAUGE);
    refused(client, "a", -1, none, MetricType.COUNTER);
    refused(client, "a", 1, Map.of("__x", "y"), MetricType.GAUGE);
    refused(client, "a", 1, Map.of("x y", "y"), MetricType.GAUGE);
    refused(client, "a", 1, Map.of("x", "y".repeat(17_000)), MetricType.GAUGE);
    client.close(Duration.ZERO);
  }

  private static void refused(
      MetricsClient client,
      String name,
      double value,
      Map<String, String> labels,
      MetricType type) {
    assertThatThrownBy(() -> client.recordMetric(name, value, labels, type))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pointsOfOneSeriesAndMillisecondKeepTheirOwnTimes() {
    PointTimes times = new PointTimes();

    assertThat(times.next("a", 100)).isEqualTo(100);
    assertThat(times.next("a", 100)).isEqualTo(101);
    assertThat(times.next("b", 100)).isEqualTo(100);
    assertThat(times.next("a", 101)).isEqualTo(102);
    assertThat(times.next("a", 500)).isEqualTo(500);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= PointTimes.MAX_AHEAD_MILLIS + 1; i++) {
                times.next("a", 500);
              }
            })
        .isInstanceOf(MetricsRefused.class);
  }

  @Test
  void seriesThatAreSilentAreForgotten() {
    PointTimes times = new PointTimes();
    for (int i = 0; i < 100_000; i++) {
      times.next("series " + i, i);
    }

    assertThat(times.size()).isLessThan(2_000);
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    MetricsClient client = client(producer, SMALL);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> recording = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String name = "thread_" + thread;
      recording.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  client.recordMetric(name, i);
                }
              }));
    }
    for (Future<?> each : recording) {
      each.get();
    }
    threads.shutdown();
    client.close();

    assertThat(String.join("", sent(producer)).split("\"metric_type\"", -1)).hasSize(2_001);
  }
}

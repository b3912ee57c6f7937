package oht50.metrics.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long a critical event takes from its record in Kafka to the alert's record on the fast lane:
 * the difference of the two append times, both set by the broker. Drives a running instance: {@code
 * ./oht50 up --no-demo}.
 *
 * <p>Arguments: {@code BOOTSTRAP EVENTS_PER_SECOND SAMPLES_PER_SECOND SECONDS}. Events are an
 * e-stop of one of 1,000 robots or its clearance, in turns, so each is a transition; samples come
 * in messages of 40 points.
 */
public final class FastLaneBench {
  private static final int ROBOTS = 1_000;
  private static final int SAMPLES_PER_MESSAGE = 40;
  private static final int TICKS_PER_SECOND = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final String FAST = "oht50.alerts.fast";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Long> appended = new ConcurrentHashMap<>(); // robot@time -> ms

  private FastLaneBench(String bootstrap) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: BOOTSTRAP EVENTS_PER_SECOND SAMPLES_PER_SECOND SECONDS");
      System.exit(2);
    }
    int events = Integer.parseInt(args[1]);
    int samples = Integer.parseInt(args[2]);
    int seconds = Integer.parseInt(args[3]);
    Duration run = WARM_UP.plusSeconds(seconds);
    try (Alerts alerts = new Alerts(args[0])) {
      FastLaneBench bench = new FastLaneBench(args[0]);
      long measuredFrom = System.currentTimeMillis() + WARM_UP.toMillis();
      Thread driver = new Thread(() -> bench.drive(events, samples, run), "driver");
      driver.start();
      Map<String, Long> published = alerts.read(run.plus(DRAIN));
      driver.join();
      bench.producer.close();
      report(bench.appended, published, measuredFrom);
    }
  }

  private void drive(int eventsPerSecond, int samplesPerSecond, Duration run) {
    long start = System.nanoTime();
    long ticks = run.toSeconds() * TICKS_PER_SECOND;
    long eventsSent = 0;
    long messagesSent = 0;
    for (long tick = 1; tick <= ticks; tick++) {
      long due = start + tick * TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      for (long want = tick * eventsPerSecond / TICKS_PER_SECOND; eventsSent < want; eventsSent++) {
        sendEvent(eventsSent);
      }
      long messages = tick * samplesPerSecond / SAMPLES_PER_MESSAGE / TICKS_PER_SECOND;
      for (; messagesSent < messages; messagesSent++) {
        sendSamples(messagesSent);
      }
    }
  }

  /** Each robot in turn; in one round all stop, in the next all are cleared. */
  private void sendEvent(long number) {
    String robot = "BENCH-" + number % ROBOTS;
    boolean isStop = number / ROBOTS % 2 == 0;
    long now = System.currentTimeMillis();
    String value =
        isStop
            ? "{\"event_type\": \"e_stop\", \"severity\": \"critical\", \"timestamp\": \"%s\"}"
            : "{\"type\": \"safety.clear\", \"timestamp\": \"%s\", \"data\": {\"cleared_by\": \"operator\"}}";
    send(
        record("oht50.safety", robot, String.format(Locale.ROOT, value, Instant.ofEpochMilli(now))),
        appendTime -> appended.put(robot + "@" + now, appendTime));
  }

  private void sendSamples(long number) {
    String robot = "BENCH-" + number % 100;
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    StringBuilder points = new StringBuilder("[");
    for (int i = 0; i < SAMPLES_PER_MESSAGE; i++) {
      points
          .append(i == 0 ? "" : ",")
          .append("{\"name\": \"bench_")
          .append(i)
          .append("\", \"value\": ")
          .append(number % 1_000 / 7.0)
          .append(", \"timestamp\": \"")
          .append(now)
          .append("\", \"labels\": {\"robot_id\": \"")
          .append(robot)
          .append("\"}, \"metric_type\": \"gauge\"}");
    }
    send(record("oht50.points", robot, points.append(']').toString()), appendTime -> {});
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback sees the outcome
  private void send(ProducerRecord<byte[], byte[]> record, LongConsumer onAppend) {
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure == null) {
            onAppend.accept(metadata.timestamp());
          } else {
            System.err.println("not sent: " + failure.getMessage());
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return new ProducerRecord<>(
        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the fast lane from its end on. */
  private static final class Alerts implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    private Alerts(String bootstrap) {
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", "false"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(FAST).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }

    /** robot@time of the event -> append time of its first record, ms. */
    Map<String, Long> read(Duration duration) throws Exception {
      Map<String, Long> published = new ConcurrentHashMap<>();
      long end = System.nanoTime() + duration.toNanos();
      while (System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          JsonNode alert = JSON.readTree(record.value());
          if (!alert.path("rule").asText().equals("SafetyEventCritical")) {
            continue;
          }
          boolean isFiring = alert.path("state").asText().equals("firing");
          String changedAt = alert.path(isFiring ? "active_at" : "ends_at").asText();
          String key =
              alert.path("labels").path("robot_id").asText()
                  + "@"
                  + Instant.parse(changedAt).toEpochMilli();
          published.putIfAbsent(key, record.timestamp());
        }
      }
      return published;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private static void report(
      Map<String, Long> appended, Map<String, Long> published, long measuredFrom) {
    Map<String, Long> measured =
        appended.entrySet().stream()
            .filter(event -> event.getValue() >= measuredFrom)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    long[] latencies =
        measured.entrySet().stream()
            .filter(event -> published.containsKey(event.getKey()))
            .mapToLong(event -> published.get(event.getKey()) - event.getValue())
            .sorted()
            .toArray();
    System.out.printf(
        Locale.ROOT,
        "%d events, %d without an alert; ms from record to record: p50 %d, p90 %d, p99 %d, p99.9 %d, max %d%n",
        measured.size(),
        measured.size() - latencies.length,
        at(latencies, 0.5),
        at(latencies, 0.9),
        at(latencies, 0.99),
        at(latencies, 0.999),
        Arrays.stream(latencies).max().orElse(-1));
  }

  private static long at(long[] sorted, double quantile) {
    return sorted.length == 0 ? -1 : sorted[(int) (quantile * (sorted.length - 1))];
  }
}

package oht50.metrics.cli.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import oht50.metrics.cli.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer of committed alert records that reads along from the beginning, whatever happens. */
final class AlertsWatch implements AutoCloseable {
  /** On a record that was published again because it had been lost. */
  private static final String REPUBLISHED = "oht50-republished";

  private static final long BEGINNING = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param lost transitions of the table that the consumer never saw
   * @param doubled that it saw more than once without the mark
   * @param untold that it saw and the table does not have
   * @param swallowed that it saw with the mark only, so without the reconciler never
   * @param republished records with the mark
   */
  record Count(
      Set<String> lost,
      Set<String> doubled,
      Set<String> untold,
      Set<String> swallowed,
      int republished) {}

  private final Properties properties = new Properties();
  private final Thread thread = new Thread(this::run, "alerts-watch");
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  // transition_id turn -> how often, without and with the mark
  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<String, Integer> republished = new HashMap<>();

  private volatile boolean closed;
  private volatile KafkaConsumer<String, String> consumer;

  private AlertsWatch(String bootstrapServers) {
    properties.setProperty("bootstrap.servers", bootstrapServers);
    properties.setProperty("client.id", "oht50-faults-alerts");
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("auto.offset.reset", "none");
    properties.setProperty("reconnect.backoff.max.ms", "500");
    for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
      positions.put(new TopicPartition(Topics.ALERTS, partition), BEGINNING);
    }
  }

  static AlertsWatch start(String bootstrapServers) {
    AlertsWatch watch = new AlertsWatch(bootstrapServers);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<String, String> opened =
          new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
        consumer = opened;
        opened.assign(positions.keySet());
        Map<TopicPartition, Long> beginnings = opened.beginningOffsets(positions.keySet());
        positions.replaceAll((partition, at) -> at == BEGINNING ? beginnings.get(partition) : at);
        positions.forEach(opened::seek);
        while (!closed) {
          opened.poll(Duration.ofMillis(200)).forEach(this::see);
        }
      } catch (WakeupException closing) {
        return;
      } catch (KafkaException away) {
        // Opened anew, at the position it had.
        continue;
      }
    }
  }

  private synchronized void see(ConsumerRecord<String, String> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (record.offset() < positions.get(partition)) {
      return;
    }
    positions.put(partition, record.offset() + 1);
    boolean marked = record.headers().lastHeader(REPUBLISHED) != null;
    (marked ? republished : seen).merge(key(record.value()), 1, Integer::sum);
  }

  private static String key(String value) {
    try {
      JsonNode transition = JSON.readTree(value);
      return transition.path("transition_id").asText() + " " + transition.path("turn").asInt();
    } catch (IOException e) {
      return "unreadable: " + value;
    }
  }

  /**
   * @param stored {@code transition_id turn} of each row of alert_transitions
   */
  synchronized Count compare(List<String> stored) {
    Set<String> lost = new HashSet<>(stored);
    lost.removeAll(seen.keySet());
    lost.removeAll(republished.keySet());
    Set<String> untold = new HashSet<>(seen.keySet());
    untold.removeAll(new HashSet<>(stored));
    Set<String> doubled = new HashSet<>();
    seen.forEach(
        (key, times) -> {
          if (times > 1) {
            doubled.add(key);
          }
        });
    Set<String> swallowed = new HashSet<>(republished.keySet());
    swallowed.removeAll(seen.keySet());
    return new Count(
        lost,
        doubled,
        untold,
        swallowed,
        republished.values().stream().mapToInt(Integer::intValue).sum());
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    KafkaConsumer<String, String> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    thread.join(5_000);
  }
}

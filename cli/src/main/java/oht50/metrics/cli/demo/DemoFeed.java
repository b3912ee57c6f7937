package oht50.metrics.cli.demo;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the invented fleet says, second by second, until closed. */
public final class DemoFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoFeed.class);
  private static final long SEED = 50;

  private final KafkaProducer<String, String> producer;
  private final DemoFleet fleet = new DemoFleet(SEED, System.currentTimeMillis());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-fleet");
            thread.setDaemon(true);
            return thread;
          });

  private DemoFeed(KafkaProducer<String, String> producer) {
    this.producer = producer;
  }

  public static DemoFeed start(String bootstrapServers) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrapServers);
    properties.setProperty("client.id", "oht50-demo");
    properties.setProperty("linger.ms", "5");
    properties.setProperty("buffer.memory", "4194304");
    properties.setProperty("max.block.ms", "5000");
    DemoFeed feed =
        new DemoFeed(
            new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer()));
    ScheduledFuture<?> ignored = feed.timer.scheduleAtFixedRate(feed::send, 0, 1, TimeUnit.SECONDS);
    return feed;
  }

  private void send() {
    try {
      for (DemoMessage message : fleet.next(System.currentTimeMillis())) {
        Future<RecordMetadata> ignored =
            producer.send(new ProducerRecord<>(message.topic(), message.key(), message.value()));
      }
    } catch (KafkaException e) {
      // An exception would end the timer for good; a fleet goes on talking.
      LOG.warn("The demo fleet cannot send: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close(Duration.ofSeconds(3));
  }
}

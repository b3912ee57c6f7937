package oht50.metrics.sink.kafka;

import java.time.Duration;
import java.util.Properties;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.Rejected;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The sinks of one Kafka cluster. In each, {@code properties} are those of the producer and win
 * over what is set here.
 */
public final class KafkaSinks {
  /**
   * How long an outage may last without losing a pre-committed transaction. Below the 15 minutes
   * that a broker allows by default; the connector's own default of an hour is refused by such a
   * broker. Readers of committed records wait as long for a transaction that nobody ends.
   */
  static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(14);

  private KafkaSinks() {}

  /**
   * Alert records ({@code docs/alert-record.md}), each visible to readers of committed records when
   * its checkpoint completes.
   *
   * @param transactionalIdPrefix names the transactions of this sink; stable over restarts and used
   *     by no other sink of the cluster, or open transactions are left behind
   */
  public static Sink<AlertTransition> alertsSink(
      String bootstrap, String topic, String transactionalIdPrefix, Properties properties) {
    return exactlyOnce(bootstrap, new AlertRecordSchema(topic), transactionalIdPrefix, properties);
  }

  /**
   * What recording rules say, each visible to readers of committed records when its checkpoint
   * completes: what an attempt said that failed is never read.
   *
   * @param transactionalIdPrefix as of alerts, and another
   */
  public static Sink<RecordedSample> recordedSink(
      String bootstrap, String topic, String transactionalIdPrefix, Properties properties) {
    return exactlyOnce(
        bootstrap, new RecordedSampleSchema(topic), transactionalIdPrefix, properties);
  }

  private static <T> Sink<T> exactlyOnce(
      String bootstrap,
      KafkaRecordSerializationSchema<T> schema,
      String transactionalIdPrefix,
      Properties properties) {
    if (transactionalIdPrefix == null || transactionalIdPrefix.isBlank()) {
      throw new IllegalArgumentException(
          "no transactional id prefix: exactly once needs one that stays the same over restarts");
    }
    return builder(bootstrap, schema, properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        // POOLING has open defects (FLINK-40626, FLINK-40689).
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .build();
  }

  /**
   * The fast lane ({@code docs/alert-record.md}): transitions as soon as they are decided, at least
   * once, marked as provisional.
   */
  public static Sink<AlertTransition> fastAlertsSink(
      String bootstrap, String topic, Properties properties) {
    return builder(bootstrap, new FastAlertSchema(topic), properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setProperty(ProducerConfig.LINGER_MS_CONFIG, "0")
        .build();
  }

  /** Rejects, at least once; the key is the topic they came from. */
  public static Sink<Rejected> rejectedSink(String bootstrap, String topic, Properties properties) {
    return builder(bootstrap, new RejectedRecordSchema(topic), properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** Ticks of the clock, ms since epoch, at least once. */
  public static Sink<Long> clockSink(String bootstrap, String topic, Properties properties) {
    return builder(bootstrap, new TickRecordSchema(topic), properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  private static <T> KafkaSinkBuilder<T> builder(
      String bootstrap, KafkaRecordSerializationSchema<T> schema, Properties properties) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(bootstrap)
        .setRecordSerializer(schema)
        .setProperty(ProducerConfig.ACKS_CONFIG, "all")
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            String.valueOf(TRANSACTION_TIMEOUT.toMillis()))
        .setKafkaProducerConfig(properties);
  }
}

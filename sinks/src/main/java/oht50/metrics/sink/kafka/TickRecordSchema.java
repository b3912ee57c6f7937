package oht50.metrics.sink.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A tick: no key, {@code {"ts":ms since epoch}}. */
final class TickRecordSchema implements KafkaRecordSerializationSchema<Long> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  TickRecordSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Long millis, KafkaSinkContext context, Long timestamp) {
    byte[] value = ("{\"ts\":" + millis + "}").getBytes(StandardCharsets.US_ASCII);
    return new ProducerRecord<>(topic, null, value);
  }
}

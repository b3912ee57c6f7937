package oht50.metrics.sink.kafka;

import java.nio.charset.StandardCharsets;
import oht50.metrics.model.Rejected;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Key: the topic the reject came from. Value: {@code topic}, {@code partition}, {@code offset},
 * {@code path}, {@code reason}, {@code detail}, {@code key}, {@code value} (the first KiB as text),
 * {@code append_time}.
 */
final class RejectedRecordSchema implements KafkaRecordSerializationSchema<Rejected> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  RejectedRecordSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Rejected rejected, KafkaSinkContext context, Long timestamp) {
    byte[] key = rejected.position().topic().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, value(rejected));
  }

  private static byte[] value(Rejected rejected) {
    return Json.object(
        out -> {
          out.writeStringField("topic", rejected.position().topic());
          out.writeNumberField("partition", rejected.position().partition());
          out.writeNumberField("offset", rejected.position().offset());
          out.writeStringField("path", rejected.path());
          out.writeStringField("reason", rejected.reason().name());
          out.writeStringField("detail", rejected.detail());
          out.writeStringField("key", rejected.key());
          out.writeStringField("value", rejected.value());
          Json.instant(out, "append_time", rejected.appendTime());
        });
  }
}

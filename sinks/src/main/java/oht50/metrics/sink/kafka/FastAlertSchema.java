package oht50.metrics.sink.kafka;

import oht50.metrics.model.AlertTransition;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

final class FastAlertSchema implements KafkaRecordSerializationSchema<AlertTransition> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  FastAlertSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      AlertTransition transition, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, AlertRecord.key(transition), FastAlertRecord.provisional(transition));
  }
}

package oht50.metrics.sink.kafka;

import java.nio.charset.StandardCharsets;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.StaleMarker;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** JSON of what recording rules say ({@code docs/wire-formats.md}); the key is the series' id. */
final class RecordedSampleSchema implements KafkaRecordSerializationSchema<RecordedSample> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  RecordedSampleSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RecordedSample sample, KafkaSinkContext context, Long timestamp) {
    byte[] key = Long.toString(sample.series().id()).getBytes(StandardCharsets.UTF_8);
    byte[] value =
        Json.object(
            out -> {
              out.writeStringField("name", sample.series().name());
              Json.labels(out, "labels", sample.series().labels());
              out.writeNumberField("timestamp", sample.timestamp());
              if (StaleMarker.is(sample.value())) {
                out.writeNullField("value");
              } else {
                Json.number(out, "value", sample.value());
              }
            });
    return new ProducerRecord<>(topic, key, value);
  }
}

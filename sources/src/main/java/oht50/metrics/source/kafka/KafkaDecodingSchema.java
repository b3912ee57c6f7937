package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes inside the source, so that watermarks are per partition. One element per record, always:
 * a record that cannot be read is an element with a reject.
 */
public final class KafkaDecodingSchema implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1L;

  private final DecoderFactory factory;

  private transient Decoder decoder;

  public KafkaDecodingSchema(DecoderFactory factory) {
    this.factory = factory;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = factory.create();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
    Position position = new Position(record.topic(), record.partition(), record.offset());
    out.collect(
        decoder.decode(new RawRecord(position, record.key(), record.value(), record.timestamp())));
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return Decoded.TYPE;
  }
}

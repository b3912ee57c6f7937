package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

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
        decoder.decode(
            new RawRecord(
                position, record.key(), record.value(), record.timestamp(), contentType(record))));
  }

  /** Of the headers of a CloudEvent the only one that says how the value is to be read. */
  private static String contentType(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("content-type");
    return header == null || header.value() == null ? null : Text.decode(header.value());
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return Decoded.TYPE;
  }
}

package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

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
    Headers headers = record.headers();
    out.collect(
        decoder.decode(
            new RawRecord(
                position,
                record.key(),
                record.value(),
                record.timestamp(),
                text("content-type", headers),
                attributes(headers))));
  }

  /** Those of a CloudEvent in binary mode. */
  private static EventAttributes attributes(Headers headers) {
    String version = text("ce_specversion", headers);
    return version == null || !version.startsWith(CloudEvents.KNOWN_VERSION)
        ? EventAttributes.NONE
        : new EventAttributes(
            text("ce_id", headers),
            text("ce_source", headers),
            text("ce_subject", headers),
            text("ce_type", headers),
            text("ce_time", headers));
  }

  private static String text(String name, Headers headers) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : Text.decode(header.value());
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return Decoded.TYPE;
  }
}

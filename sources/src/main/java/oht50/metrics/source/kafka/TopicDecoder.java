package oht50.metrics.source.kafka;

import java.util.HashMap;
import java.util.Map;
import oht50.metrics.source.Decoded;

/** The decoder of a source of several topics: each has its own. */
final class TopicDecoder implements Decoder {
  // topic -> its decoder
  private final Map<String, Decoder> decoders = new HashMap<>();

  TopicDecoder(Map<String, DecoderFactory> factories) {
    factories.forEach((topic, factory) -> decoders.put(topic, factory.create()));
  }

  @Override
  public Decoded decode(RawRecord record) {
    Decoder decoder = decoders.get(record.position().topic());
    if (decoder == null) {
      throw new IllegalStateException(
          "a record of a topic without a decoder: " + record.position());
    }
    return decoder.decode(record);
  }
}

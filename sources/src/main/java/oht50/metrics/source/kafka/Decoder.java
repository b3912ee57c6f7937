package oht50.metrics.source.kafka;

import oht50.metrics.source.Decoded;

/**
 * Turns the records of one topic into what they say. Bad data is never an exception: any bytes give
 * a {@link Decoded} with rejects. One decoder belongs to one thread.
 */
public interface Decoder {
  Decoded decode(RawRecord record);
}

package oht50.metrics.job;

import java.io.IOException;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.DecodedCodec;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.util.InstantiationUtil;

/** Records as bytes: a list of them is part of a job's graph, which only holds what Java writes. */
final class Encoded {
  private Encoded() {}

  static byte[] of(Decoded record) throws IOException {
    return InstantiationUtil.serializeToByteArray(serializer(), record);
  }

  static Decoded record(byte[] encoded) throws IOException {
    return InstantiationUtil.deserializeFromByteArray(serializer(), encoded);
  }

  private static CodecSerializer<Decoded> serializer() {
    return new CodecSerializer<>(new DecodedCodec());
  }
}

package oht50.metrics.bench.rules;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.promql.syntax.LabelMatcher;

/** Requests of Prometheus' remote write 1.0, a sample of each series. */
final class RemoteWrite {
  // Field numbers and wire types of protobuf, as one byte: number * 8 + type.
  private static final int SERIES = 0x0a;
  private static final int LABEL = 0x0a;
  private static final int SAMPLE = 0x12;
  private static final int LABEL_NAME = 0x0a;
  private static final int LABEL_VALUE = 0x12;
  private static final int SAMPLE_VALUE = 0x09;
  private static final int SAMPLE_TIMESTAMP = 0x10;

  private static final int MOST_LITERAL = 60; // bytes of a literal whose length fits into its tag

  private RemoteWrite() {}

  /** The samples of a batch from one index to another, in Snappy's block format. */
  static byte[] request(SampleBatch batch, int from, int to) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      writeField(SERIES, series(batch, i), message);
    }
    return literal(message.toByteArray());
  }

  private static byte[] series(SampleBatch batch, int i) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Series series = batch.layout().series(i);
    Labels labels = series.labels().with(LabelMatcher.METRIC_NAME, series.name());
    labels.forEach(
        (name, value) -> {
          ByteArrayOutputStream label = new ByteArrayOutputStream();
          writeField(LABEL_NAME, name.getBytes(StandardCharsets.UTF_8), label);
          writeField(LABEL_VALUE, value.getBytes(StandardCharsets.UTF_8), label);
          writeField(LABEL, label.toByteArray(), out);
        });
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(SAMPLE_VALUE);
    sample.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(batch.values()[i]).array());
    sample.write(SAMPLE_TIMESTAMP);
    writeVarint(batch.timestamp(i), sample);
    writeField(SAMPLE, sample.toByteArray(), out);
    return out.toByteArray();
  }

  private static void writeField(int tag, byte[] bytes, ByteArrayOutputStream out) {
    out.write(tag);
    writeVarint(bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void writeVarint(long number, ByteArrayOutputStream out) {
    long rest = number;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((int) ((rest & 0x7f) | 0x80));
    }
    out.write((int) rest);
  }

  /** Not made smaller: literals only, which every reader of the format takes. */
  private static byte[] literal(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeVarint(bytes.length, out);
    for (int at = 0; at < bytes.length; at += MOST_LITERAL) {
      int length = Math.min(MOST_LITERAL, bytes.length - at);
      out.write((length - 1) << 2);
      out.write(bytes, at, length);
    }
    return out.toByteArray();
  }
}

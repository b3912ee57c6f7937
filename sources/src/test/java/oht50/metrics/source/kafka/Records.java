package oht50.metrics.source.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;

/** Records as tests need them, and what was decoded as text that can be read. */
final class Records {
  /** Event time of most examples. */
  static final long EVENT_TIME = Instant.parse("2026-11-24T18:50:00Z").toEpochMilli();

  static final long ARRIVAL = EVENT_TIME + 10_000;

  static final String ROBOT = "OHT-50-001";

  private Records() {}

  static RawRecord record(String key, String value) {
    return record("oht50.test", key, value, ARRIVAL);
  }

  static RawRecord record(String topic, String key, String value, long appendTime) {
    return new RawRecord(new Position(topic, 2, 41), utf8(key), utf8(value), appendTime);
  }

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  static String example(String file) {
    try (InputStream in = Records.class.getResourceAsStream("/examples/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> exampleLines(String file) {
    return example(file).lines().toList();
  }

  /** canonical series -> value, of all batches; a series must be there once. */
  static Map<String, Double> samples(Decoded decoded) {
    Map<String, Double> samples = new TreeMap<>();
    for (SampleBatch batch : decoded.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        if (samples.put(batch.layout().series(i).canonical(), batch.values()[i]) != null) {
          throw new AssertionError("twice: " + batch.layout().series(i));
        }
      }
    }
    return samples;
  }

  /** Canonical series of an occurrence. */
  static List<String> series(Occurrence occurrence) {
    return java.util.stream.IntStream.range(0, occurrence.series().size())
        .mapToObj(i -> occurrence.series().series(i).canonical())
        .toList();
  }

  /** {@code REASON path} of each reject. */
  static List<String> rejects(Decoded decoded) {
    return Arrays.stream(decoded.rejected()).map(r -> r.reason() + " " + r.path()).toList();
  }

  static Rejected onlyReject(Decoded decoded) {
    if (decoded.rejected().length != 1) {
      throw new AssertionError(Arrays.toString(decoded.rejected()));
    }
    return decoded.rejected()[0];
  }
}

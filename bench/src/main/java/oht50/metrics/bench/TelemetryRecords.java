package oht50.metrics.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import oht50.metrics.model.Position;
import oht50.metrics.source.kafka.RawRecord;

/** Telemetry v2.0 as the example says it, 2 KB each, of a fleet that speaks once a second. */
final class TelemetryRecords {
  private static final long START = 1_795_521_600_000L;
  private static final String POSITION = "1234.56"; // of the example

  private TelemetryRecords() {}

  /**
   * In the order in which they are sent.
   *
   * @param messages of each robot
   */
  static RawRecord[] of(int robots, int messages) throws IOException {
    String template = template();
    SplittableRandom random = new SplittableRandom(50);
    RawRecord[] records = new RawRecord[robots * messages];
    for (int i = 0; i < records.length; i++) {
      int robot = i % robots;
      long at = START + (long) (i / robots) * 1_000 + robot % 1_000;
      String text = template.replaceFirst("\"ts\": [0-9.]+", "\"ts\": " + at);
      text = text.replace(POSITION, Double.toString(random.nextInt(100_000, 999_999) / 100.0));
      records[i] =
          new RawRecord(
              new Position("oht50.telemetry", robot % 4, i / 4),
              String.format(Locale.ROOT, "OHT-50-%04d", robot).getBytes(StandardCharsets.UTF_8),
              text.getBytes(StandardCharsets.UTF_8),
              at + 20);
    }
    return records;
  }

  private static String template() throws IOException {
    try (InputStream in = DecodeBench.class.getResourceAsStream("telemetry-v2.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

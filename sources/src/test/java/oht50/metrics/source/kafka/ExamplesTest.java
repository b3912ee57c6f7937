package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each message of the examples says, against {@code /golden/FILE.txt}: a paragraph per
 * message, in the form of {@link Golden}.
 */
class ExamplesTest {
  private static final Duration MAX_AHEAD = DecoderFactory.STANDARD_MAX_AHEAD;
  private static final ZoneId SITE = ZoneId.of("Asia/Ho_Chi_Minh");

  /** Ten minutes after the examples begin: they tell of some minutes. */
  private static final long ARRIVAL = Records.EVENT_TIME + Duration.ofMinutes(10).toMillis();

  @ParameterizedTest
  @CsvSource({
    "telemetry-rest.jsonl, OHT-50-001",
    "telemetry-websocket.jsonl, OHT-50-001",
    "module-telemetry-create.jsonl, OHT-50-001",
    "module-telemetry.json, OHT-50-001",
    "rs485-telemetry.json, OHT-50-001",
    "rs485-telemetry-with-comments.txt, OHT-50-001",
    "center-messages.jsonl, OHT-50-001"
  })
  void telemetry(String file, String key) {
    check(file, key, DecoderFactory.telemetry(MAX_AHEAD, SITE));
  }

  @ParameterizedTest
  @CsvSource({"module-events.jsonl", "mode-events.jsonl"})
  void modules(String file) {
    check(file, Records.ROBOT, DecoderFactory.modules(MAX_AHEAD, SITE));
  }

  @ParameterizedTest
  @CsvSource("config-events.jsonl")
  void config(String file) {
    check(file, "config", DecoderFactory.config(MAX_AHEAD));
  }

  @ParameterizedTest
  @CsvSource("logs.jsonl")
  void logs(String file) {
    check(file, "oht50-1:8000", DecoderFactory.logs(MAX_AHEAD));
  }

  @ParameterizedTest
  @CsvSource("performance-events.jsonl")
  void performance(String file) {
    check(file, null, DecoderFactory.performance(MAX_AHEAD));
  }

  @ParameterizedTest
  @CsvSource("alerts-in.jsonl")
  void externalAlerts(String file) {
    check(file, Records.ROBOT, DecoderFactory.externalAlerts(MAX_AHEAD, SITE));
  }

  private static void check(String file, String key, DecoderFactory decoders) {
    Decoder decoder = decoders.create();
    List<String> messages =
        file.endsWith(".jsonl") ? Records.exampleLines(file) : List.of(Records.example(file));
    StringBuilder said = new StringBuilder();
    for (String message : messages) {
      RawRecord record = Records.record("oht50.test", key, message, ARRIVAL);
      said.append(said.isEmpty() ? "" : "\n");
      Golden.lines(decoder.decode(record)).forEach(line -> said.append(line).append('\n'));
      assertThat(decoder.decode(record)).as("decoded again").isEqualTo(decoder.decode(record));
    }
    assertThat(said).hasToString(golden(file));
  }

  private static String golden(String file) {
    try (InputStream in = ExamplesTest.class.getResourceAsStream("/golden/" + file + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

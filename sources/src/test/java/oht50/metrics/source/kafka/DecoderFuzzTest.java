package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A million changed messages in 256 MiB; {@code -Dfuzz.messages} for more. */
class DecoderFuzzTest {
  private static final String MESSAGES = System.getProperty("fuzz.messages", "1000000");

  @Test
  void noMessageStopsADecoder() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DecoderFuzz.class.getName(),
                    MESSAGES))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains(MESSAGES + " messages");
  }
}
